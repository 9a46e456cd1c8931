import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { proxyToClerk } from "../../app/clerk/frontend-api-proxy.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { ServiceUnavailableError } from "../../app/errors.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";

/** Accepts connections and never responds. */
const silent = createServer();
let origin = "";
beforeEach(async () => {
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = z.object({ port: z.number() }).parse(silent.address());
  origin = `http://127.0.0.1:${port}`;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  silent.close();
});

test("gives up on a Frontend API request after a minute and closes its connection", async () => {
  const environment = readEnvironment({
    ...localClerkEnvironment({ clerkOrigin: origin, appOrigin: "http://localhost:8787" }),
    CLERK_FAPI_URL: origin,
  });
  const request = new Request("http://localhost:8787/__clerk/v1/client");
  const outcome = proxyToClerk(request, environment).then(
    () => "answered",
    (error) => error,
  );
  const [requested] = await once(silent, "request");
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await Promise.race([outcome, "still waiting"])).toBe("still waiting");
  const release = once(requested.socket, "close");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await outcome).toBeInstanceOf(ServiceUnavailableError);
  await release;
});
