import { describe, expect, it } from "vitest";
import { openBrowser, startClerk } from "./support.ts";

const actor = { iss: "https://dashboard.clerk.com", sub: "user_admin" };

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("actor tokens", () => {
  it("sign another person in as the user for half an hour, once", async () => {
    let now = Date.now();
    const clerk = await startClerk({ clock: { now: () => now } });
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const created = await clerk.backend.actorTokens.create({
      userId: user.id,
      actor,
      expiresInSeconds: 600,
    });
    expect(created).toMatchObject({ status: "pending", userId: user.id, actor });
    const browser = await openBrowser(clerk.origin);
    const form = { strategy: "ticket", ticket: created.token ?? "" };
    const { resource, client } = await browser.sendOk("POST", "/client/sign_ins", form);
    expect(resource.status).toBe("complete");
    const session = client?.sessions[0];
    expect(session?.user.id).toBe(user.id);
    expect(claimsOf(session?.last_active_token.jwt ?? "")).toMatchObject({
      sub: user.id,
      act: actor,
    });
    const listed = await clerk.backend.sessions.getSession(session?.id ?? "");
    expect(listed.actor).toEqual(actor);
    const other = await openBrowser(clerk.origin);
    expect((await other.send("POST", "/client/sign_ins", form)).status).toBe(400);
    now += 31 * 60_000;
    const path = `/client/sessions/${session?.id}/tokens`;
    expect((await browser.send("POST", path)).status).toBe(401);
  });

  it("can be revoked", async () => {
    const clerk = await startClerk();
    const { id: userId } = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const created = await clerk.backend.actorTokens.create({
      userId,
      actor,
      expiresInSeconds: 600,
    });
    const revoked = await clerk.backend.actorTokens.revoke(created.id);
    expect(revoked.status).toBe("revoked");
    const browser = await openBrowser(clerk.origin);
    const form = { strategy: "ticket", ticket: created.token ?? "" };
    expect((await browser.send("POST", "/client/sign_ins", form)).status).toBe(400);
  });

  it("are issued on the control page, which links to the sign-in page", async () => {
    const clerk = await startClerk();
    const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    const url = `${clerk.origin}/users/${user.id}/sign-in-as`;
    const page = await fetch(url, { method: "POST", headers: { origin: clerk.origin } });
    expect(await page.text()).toMatch(/\/sign-in\?__clerk_ticket=ticket_/);
  });
});
