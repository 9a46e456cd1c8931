import { describe, expect, it } from "vitest";
import type { ChaosPatch } from "../../local-service/chaos/settings.ts";
import { localClerkKeys } from "../environment.ts";
import { startClerk } from "./support.ts";

async function startWithPage() {
  const clerk = await startClerk();
  await clerk.control.hold();
  const page = async (path: string) => (await fetch(clerk.origin + path)).text();
  const post = async (path: string, form: Record<string, string> = {}) => {
    const body = new URLSearchParams(form);
    const headers = { origin: clerk.origin };
    const url = `${clerk.origin}/chaos${path}`;
    return (await fetch(url, { method: "POST", headers, body, redirect: "manual" })).status;
  };
  return { ...clerk, page, post };
}

const deliveries = {
  seed: "3",
  concurrency: "2",
  dropNext: "1",
  dropProbability: "0.25",
  duplicateNext: "0",
  duplicateProbability: "0",
  duplicateCopies: "2",
  delayNext: "0",
  delayProbability: "0",
  delayMs: "10",
  delayRandom: "on",
  badSignatureNext: "0",
  badSignatureProbability: "0",
  reorderSize: "1",
  reorderHoldMs: "0",
};

describe("the chaos page", () => {
  it("shows a warning on every page while any chaos is on, and can stop it", async () => {
    const { control, page, post } = await startWithPage();
    const paths = ["/", "/sessions", "/emails", "/webhooks", "/chaos", "/settings"];
    const countWarnings = async () => {
      const pages = await Promise.all(paths.map(page));
      return pages.filter((text) => text.includes("Chaos is on:")).length;
    };
    expect(await countWarnings()).toBe(0);
    const patches: ChaosPatch[] = [
      { clockOffsetMs: 1 },
      { api: { rateLimits: "development" } },
      { api: { faults: [{ kind: "unavailable" }] } },
      { deliveries: { drop: { next: 1 } } },
      { deliveries: { duplicate: { probability: 0.1 } } },
      { deliveries: { delay: { next: 1 } } },
      { deliveries: { badSignature: { next: 1 } } },
      { deliveries: { reorder: { size: 2 } } },
      { deliveries: { concurrency: 2 } },
    ];
    for (const patch of patches) {
      await control.updateChaos(patch);
      expect(await countWarnings(), JSON.stringify(patch)).toBe(paths.length);
      expect(await post("/stop")).toBe(303);
      expect(await countWarnings()).toBe(0);
    }
  });

  it("changes every setting with HTML forms", async () => {
    const { control, page, post } = await startWithPage();
    expect(await post("/deliveries", deliveries)).toBe(303);
    const fault = { route: "users.get", kind: "cut_connection", acts: "yes" };
    const numbers = { next: "2", probability: "0", retryAfterSeconds: "1", delayMs: "5" };
    expect(await post("/faults", { ...fault, ...numbers })).toBe(303);
    expect(await post("/rate-limits", { rateLimits: "production" })).toBe(303);
    expect(await post("/clock", { clockOffsetMs: "-5000" })).toBe(303);
    expect(await control.getChaos()).toMatchObject({
      seed: 3,
      clockOffsetMs: -5000,
      deliveries: {
        drop: { next: 1, probability: 0.25 },
        delay: { ms: 10, random: true },
        concurrency: 2,
      },
      api: {
        faults: [{ route: "users.get", kind: "cut_connection", acts: true, next: 2 }],
        rateLimits: "production",
      },
    });
    expect(await page("/chaos")).toContain("after it takes effect, for the next 2");
    expect(await post("/faults/clear")).toBe(303);
    expect((await control.getChaos()).api.faults).toEqual([]);

    expect(await post("/rotate-secret", { secret: "", graceMs: "60000" })).toBe(303);
    const { secrets, retiringSecrets } = (await control.getSettings()).webhooks;
    expect(secrets).not.toContain(localClerkKeys.webhookSecret);
    expect(retiringSecrets).toMatchObject([{ secret: localClerkKeys.webhookSecret }]);
    expect(await post("/many-users", { count: "3", prefix: "m", webhooks: "on" })).toBe(303);
    expect(await control.listUsers()).toHaveLength(3);
    expect(await control.listWebhookMessages()).toHaveLength(3);
  });

  it("rejects invalid input and changes nothing", async () => {
    const { control, post } = await startWithPage();
    const before = await control.getChaos();
    expect(await post("/deliveries", { ...deliveries, dropProbability: "2" })).toBe(422);
    expect(await post("/clock", { clockOffsetMs: "soon" })).toBe(422);
    expect(await post("/faults", { kind: "flood" })).toBe(422);
    expect(await post("/many-users", { count: "-1", prefix: "m" })).toBe(422);
    expect(await control.getChaos()).toEqual(before);
  });
});
