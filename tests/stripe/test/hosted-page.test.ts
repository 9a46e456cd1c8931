import { describe, expect, it } from "vitest";
import { courseSession, startStripe } from "./support.ts";

async function openPage() {
  const local = await startStripe();
  const { stripe } = local;
  const session = await stripe.checkout.sessions.create(courseSession);
  const url = new URL(session.url ?? "");
  url.hash = "";
  const submit = (path: string, form: Record<string, string>, origin = local.origin) =>
    fetch(url.href + path, {
      method: "POST",
      headers: { origin },
      body: new URLSearchParams(form),
      redirect: "manual",
    });
  const read = async (path = "") => (await fetch(url.href + path)).text();
  return { ...local, id: session.id, url: url.href, submit, read };
}

const email = "grace@example.com";
const success = (id: string) => `http://localhost:8787/orders/order-1?session=${id}`;

describe("the hosted page", () => {
  it("shows what is paid for, the choices and the way back", async () => {
    const { read, url } = await openPage();
    const page = await read();
    for (const text of [
      "SQL from the first SELECT",
      "€29.00",
      'value="grace@example.com"',
      "4242 4242 4242 4242",
      "Card that is declined",
      "Card that needs confirmation",
      "Bank debit, pays later",
      'href="http://localhost:8787/courses/sql"',
    ]) {
      expect(page).toContain(text);
    }
    const { headers } = await fetch(url);
    expect(headers.get("content-security-policy")).toContain(
      "form-action 'self' http://localhost:8787;",
    );
  });

  it("redirects to the success URL after a payment, and then says that it is complete", async () => {
    const { id, submit, read } = await openPage();
    const response = await submit("", { email, method: "card" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(success(id));
    expect(await read()).toContain("already complete");
    const again = await submit("", { email, method: "card" });
    expect(again.headers.get("location")).toContain(`/pay/${id}`);
  });

  it("says why a card was declined", async () => {
    const { submit } = await openPage();
    const response = await submit("", { email, method: "card_declined" });
    const location = response.headers.get("location") ?? "";
    expect(await (await fetch(location)).text()).toContain("Your card was declined.");
  });

  it("asks for confirmation", async () => {
    const { id, submit, read } = await openPage();
    const response = await submit("", { email, method: "card_confirmed" });
    expect(response.headers.get("location")).toContain(`/pay/${id}/confirm`);
    expect(await read("/confirm")).toContain("Your bank asks you to confirm");
    const refused = await submit("/confirm", { outcome: "refuse" });
    const page = await fetch(refused.headers.get("location") ?? "");
    expect(await page.text()).toContain("unable to authenticate");
    await submit("", { email, method: "card_confirmed" });
    const confirmed = await submit("/confirm", { outcome: "confirm" });
    expect(confirmed.headers.get("location")).toBe(success(id));
  });

  it("redirects at once after a bank debit", async () => {
    const { id, submit, stripe } = await openPage();
    const response = await submit("", { email, method: "bank_debit" });
    expect(response.headers.get("location")).toBe(success(id));
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe("unpaid");
  });

  it("says that a session has expired", async () => {
    const { id, read, stripe, submit } = await openPage();
    await stripe.checkout.sessions.expire(id);
    expect(await read()).toContain("has expired");
    await submit("", { email, method: "card" });
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe("unpaid");
  });

  it("takes no payment from another site, without an email address or for nothing", async () => {
    const { id, submit, origin, stripe } = await openPage();
    expect((await submit("", { email, method: "card" }, "https://evil.example")).status).toBe(403);
    expect((await submit("", { email: "nobody", method: "card" })).status).toBe(422);
    expect((await submit("", { email, method: "gift" })).status).toBe(422);
    expect((await fetch(`${origin}/pay/cs_test_nothing`)).status).toBe(404);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe("open");
  });
});
