import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRememberedAnswers } from "../../app/clerk/remembered-answers.server.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const site = "https://courses.example";
const visit = (headers: Record<string, string> = {}, path = "/dashboard") =>
  new Request(site + path, { headers: { Cookie: "__session=token", ...headers } });

/** How often the SDK is asked about these requests, one after the other. */
async function timesAsked(requests: readonly Request[], holdsUntil = Date.now() + 60_000) {
  const ask = vi.fn(async () => ({ answer: "signed in", holdsUntil }));
  const answer = createRememberedAnswers<string>();
  for (const request of requests) expect(await answer(request, ask)).toBe("signed in");
  return ask.mock.calls.length;
}

test("the same credentials are asked about once, whatever page they are shown for", async () => {
  const own = { Referer: `${site}/purchases`, Accept: "text/html" };
  expect(await timesAsked([visit(), visit({}, "/api/me?page=2"), visit(own)])).toBe(1);
});

test.each<[string, Request]>([
  ["another cookie", visit({ Cookie: "__session=other" })],
  ["one cookie more", visit({ Cookie: "__session=token; __client_uat=1" })],
  ["a Bearer token beside the cookie", visit({ Authorization: "Bearer token" })],
  ["a handshake's cookie", visit({ Cookie: "__session=token; __clerk_handshake=x" })],
  ["a parameter of Clerk's", visit({}, "/dashboard?__clerk_handshake=x")],
  ["a parameter of Clerk's, escaped", visit({}, "/dashboard?%5F_clerk_handshake=x")],
  ["a link from another site", visit({ Referer: "https://other.example/" })],
  ["a link from a site whose name begins likewise", visit({ Referer: `${site}.evil.example/` })],
])("%s is asked about anew", async (_, request) => {
  expect(await timesAsked([visit(), request])).toBe(2);
  expect(await timesAsked([request, visit()])).toBe(2);
});

test("an answer is forgotten when its token expires, and one that may change at once is never kept", async () => {
  const ask = vi.fn(async () => ({ answer: "signed in", holdsUntil: Date.now() + 60_000 }));
  const answer = createRememberedAnswers<string>();
  await answer(visit(), ask);
  vi.advanceTimersByTime(59_999);
  await answer(visit(), ask);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  await answer(visit(), ask);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(await timesAsked([visit(), visit()], 0)).toBe(2);
});

test("credentials of an absurd length are answered and not kept", async () => {
  const huge = visit({ Cookie: "x".repeat(10_000) });
  expect(await timesAsked([huge, huge])).toBe(2);
});
