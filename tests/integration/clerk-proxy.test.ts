import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { sendRaw } from "../support/raw-request.ts";

interface Seen {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const seen: Seen[] = [];
/** Stands where Clerk's Frontend API is, notes what arrives and answers with a redirect and a cookie. */
const frontendApi = createServer(async (request, response) => {
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: await text(request) });
  response.writeHead(307, {
    Location: "https://elsewhere.example/",
    "Set-Cookie": "__client=abc; HttpOnly",
  });
  response.end("moved");
});

let platform: Platform;
beforeAll(async () => {
  frontendApi.listen(0, "127.0.0.1");
  await once(frontendApi, "listening");
  const { port } = z.object({ port: z.number() }).parse(frontendApi.address());
  platform = await startPlatform({ CLERK_FAPI_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await platform.close();
  frontendApi.close();
});

async function pass(
  path: string,
  init: RequestInit = {},
): Promise<{ response: Response; arrived: Seen }> {
  const response = await fetch(`${platform.origin}${path}`, { redirect: "manual", ...init });
  const arrived = seen.at(-1);
  if (!arrived) throw new Error("Nothing arrived");
  return { response, arrived };
}

test("method, path, query and body arrive as they were sent, with what Clerk asks of a proxy", async () => {
  const { arrived } = await pass("/__clerk/v1/client?_method=DELETE&x=%2F", {
    method: "POST",
    body: "a=1",
  });
  expect(arrived).toMatchObject({
    method: "POST",
    url: "/v1/client?_method=DELETE&x=%2F",
    body: "a=1",
  });
  expect(arrived.headers).toMatchObject({
    "clerk-proxy-url": `${platform.origin}/__clerk`,
    "clerk-secret-key": localClerkKeys.secretKey,
    "x-forwarded-host": new URL(platform.origin).host,
    "x-forwarded-proto": "http",
  });
});

test("a browser cannot set the headers that only the proxy may", async () => {
  const { arrived } = await pass("/__clerk/v1/client", {
    headers: {
      "Clerk-Proxy-Url": "https://evil.example",
      "Clerk-Secret-Key": "sk_test_mine",
      "X-Forwarded-For": "6.6.6.6",
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Port": "666",
      Forwarded: "for=6.6.6.6;host=evil.example",
      "X-Real-IP": "6.6.6.6",
      "True-Client-IP": "6.6.6.6",
    },
  });
  expect(arrived.headers).not.toHaveProperty("x-forwarded-port");
  expect(JSON.stringify(arrived.headers)).not.toMatch(/evil\.example|sk_test_mine|6\.6\.6\.6/);
});

test("TRACE is refused: its answer would show the secret key", async () => {
  const before = seen.length;
  const { origin } = platform;
  const answer = await sendRaw({ origin, path: "/__clerk/v1/client", method: "TRACE" });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).not.toContain("TRACE");
  expect(answer.body).not.toContain(localClerkKeys.secretKey);
  expect(seen).toHaveLength(before);
});

test("redirects and cookies come back untouched", async () => {
  const { response } = await pass("/__clerk/v1/client/handshake");
  expect(response.status).toBe(307);
  expect(response.headers.get("location")).toBe("https://elsewhere.example/");
  expect(response.headers.getSetCookie()).toEqual(["__client=abc; HttpOnly"]);
});

test.each(["/__clerk//evil.example/x", "/__clerk/@evil.example/", "/__clerk/\\evil.example"])(
  "%s stays with Clerk's host",
  async (path) => {
    const before = seen.length;
    await pass(path);
    expect(seen).toHaveLength(before + 1);
  },
);

test.each(["/__clerkx", "/x/__clerk", "/__clerk/../dashboard"])(
  "%s is not passed on",
  async (path) => {
    const before = seen.length;
    await fetch(`${platform.origin}${path}`, { redirect: "manual" });
    expect(seen).toHaveLength(before);
  },
);
