import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { sendRaw } from "../support/raw-request.ts";

interface ReceivedRequest {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const received: ReceivedRequest[] = [];
/** A fake Frontend API that records requests and responds with a redirect and a cookie. */
const frontendApi = createServer(async (request, response) => {
  const { method, url, headers } = request;
  received.push({ method, url, headers, body: await text(request) });
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

async function sendThroughProxy(
  path: string,
  init: RequestInit = {},
): Promise<{ response: Response; arrived: ReceivedRequest }> {
  const response = await fetch(`${platform.origin}${path}`, { redirect: "manual", ...init });
  const arrived = received.at(-1);
  if (!arrived) throw new Error("Nothing arrived");
  return { response, arrived };
}

test("forwards method, path, query and body unchanged and adds Clerk's proxy headers", async () => {
  const { arrived } = await sendThroughProxy("/__clerk/v1/client?_method=DELETE&x=%2F", {
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

test("removes proxy headers that a browser sends", async () => {
  const { arrived } = await sendThroughProxy("/__clerk/v1/client", {
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

test("rejects TRACE, because its response would show the secret key", async () => {
  const before = received.length;
  const { origin } = platform;
  const response = await sendRaw({ origin, path: "/__clerk/v1/client", method: "TRACE" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).not.toContain("TRACE");
  expect(response.body).not.toContain(localClerkKeys.secretKey);
  expect(received).toHaveLength(before);
});

test("returns redirects and cookies unchanged", async () => {
  const { response } = await sendThroughProxy("/__clerk/v1/client/handshake");
  expect(response.status).toBe(307);
  expect(response.headers.get("location")).toBe("https://elsewhere.example/");
  expect(response.headers.getSetCookie()).toEqual(["__client=abc; HttpOnly"]);
});

test.each(["/__clerk//evil.example/x", "/__clerk/@evil.example/", "/__clerk/\\evil.example"])(
  "%s is sent to Clerk's host",
  async (path) => {
    const before = received.length;
    await sendThroughProxy(path);
    expect(received).toHaveLength(before + 1);
  },
);

test.each(["/__clerkx", "/x/__clerk", "/__clerk/../dashboard"])(
  "%s is not forwarded",
  async (path) => {
    const before = received.length;
    await fetch(`${platform.origin}${path}`, { redirect: "manual" });
    expect(received).toHaveLength(before);
  },
);
