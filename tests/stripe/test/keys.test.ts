import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { apiVersion } from "../api-version.ts";
import { localStripeKeys, localStripeLiveKeys } from "../environment.ts";
import { courseSession, errorOf, startStripe } from "./support.ts";

describe("API keys", () => {
  it("are required", async () => {
    const { clientFor, origin } = await startStripe();
    expect(await errorOf(clientFor("sk_test_wrong").events.list())).toMatchObject({
      statusCode: 401,
      type: "StripeAuthenticationError",
      message: "Invalid API Key provided: sk_test_********rong",
    });
    const publishable = clientFor(localStripeKeys.publishableKey).events.list();
    expect(await errorOf(publishable)).toMatchObject({ code: "secret_key_required" });
    expect((await fetch(`${origin}/v1/events`)).status).toBe(401);
  });

  it("can be restricted", async () => {
    const { clientFor, control } = await startStripe();
    const restricted = clientFor(localStripeKeys.restrictedKey);
    const { id } = await restricted.checkout.sessions.create(courseSession);
    expect((await restricted.checkout.sessions.retrieve(id)).id).toBe(id);
    const { key, ...permissions } = { key: localStripeKeys.restrictedKey, permissions: [] };
    const readOnly = ["checkout_session_read" as const];
    await control.updateSettings({
      restrictedKeys: [{ key, ...permissions, permissions: readOnly }],
    });
    expect((await restricted.checkout.sessions.retrieve(id)).id).toBe(id);
    expect(await errorOf(restricted.checkout.sessions.create(courseSession))).toMatchObject({
      statusCode: 403,
      type: "StripePermissionError",
      message: expect.stringContaining("'rak_checkout_session_write' permission"),
    });
    expect((await errorOf(restricted.events.list())).message).toContain("rak_event_read");
  });

  it("separate test and live mode", async () => {
    const { stripe, clientFor } = await startStripe();
    const live = clientFor(localStripeLiveKeys.secretKey);
    const session = await live.checkout.sessions.create(courseSession);
    expect(session).toMatchObject({ livemode: true, id: expect.stringMatching(/^cs_live_/) });
    expect((await errorOf(stripe.checkout.sessions.retrieve(session.id))).statusCode).toBe(404);
    expect((await stripe.checkout.sessions.list()).data).toEqual([]);
    expect((await live.checkout.sessions.list()).data).toHaveLength(1);
  });
});

describe("the API version", () => {
  it("is that of the pinned package", async () => {
    expect(new Stripe("sk_test_any").getApiField("version")).toBe(apiVersion);
    const { stripe } = await startStripe();
    const { lastResponse } = await stripe.events.list();
    expect(lastResponse.headers["stripe-version"]).toBe(apiVersion);
    expect(lastResponse.requestId).toMatch(/^req_/);
  });

  it("is the account's without a header; others are refused", async () => {
    const { origin } = await startStripe();
    const list = (headers: Record<string, string>) =>
      fetch(`${origin}/v1/events`, {
        headers: { authorization: `Bearer ${localStripeKeys.secretKey}`, ...headers },
      });
    expect((await list({})).headers.get("stripe-version")).toBe(apiVersion);
    for (const version of ["2020-08-27", "latest"]) {
      const response = await list({ "stripe-version": version });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(version);
    }
  });
});

describe("an unknown URL", () => {
  it("is refused in Stripe's format", async () => {
    const { post } = await startStripe();
    const response = await post("/nothing", "");
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Unrecognized request URL (POST: /v1/nothing)");
  });
});
