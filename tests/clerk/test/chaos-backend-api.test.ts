import { describe, expect, it } from "vitest";
import { backendRoute } from "../chaos/backend-route.ts";
import { localClerkKeys } from "../environment.ts";
import { startClerk } from "./support.ts";

async function startWithUser() {
  const clerk = await startClerk();
  const user = await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
  const headers = {
    authorization: `Bearer ${localClerkKeys.secretKey}`,
    "content-type": "application/json",
  };
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${clerk.origin}/bapi/v1${path}`, { headers, ...init });
  const role = async () => (await clerk.control.getUser(user.id)).public_metadata.role;
  const push = () =>
    clerk.backend.users.updateUserMetadata(user.id, { publicMetadata: { role: "admin" } });
  return { ...clerk, user, get, role, push };
}

describe("Backend API faults", () => {
  it("affect only the next requests to one route", async () => {
    const { backend, control, user } = await startWithUser();
    await control.failBackendApi({
      route: "users.get",
      kind: "rate_limited",
      next: 2,
      retryAfterSeconds: 3,
    });
    expect(await backend.users.getCount()).toBe(1);
    for (const _ of [1, 2]) {
      await expect(backend.users.getUser(user.id)).rejects.toMatchObject({
        status: 429,
        retryAfter: 3,
        errors: [{ code: "too_many_requests" }],
      });
    }
    expect((await backend.users.getUser(user.id)).id).toBe(user.id);
    expect((await control.getChaos()).api.faults).toEqual([]);
  });

  it.each([
    ["internal_error", 500],
    ["unavailable", 503],
  ] as const)(
    "respond with %s (status %i) before or after the request takes effect",
    async (kind, status) => {
      const { control, push, role } = await startWithUser();
      await control.failBackendApi({ route: "users.metadata", kind });
      await expect(push()).rejects.toMatchObject({ status });
      expect(await role()).toBeUndefined();
      await control.failBackendApi({ route: "users.metadata", kind, acts: true });
      await expect(push()).rejects.toMatchObject({ status });
      expect(await role()).toBe("admin");
    },
  );

  it("close the connection before or after the request takes effect", async () => {
    const { control, get, role, user } = await startWithUser();
    const body = JSON.stringify({ public_metadata: { role: "admin" } });
    const push = () => get(`/users/${user.id}/metadata`, { method: "PATCH", body });
    await control.failBackendApi({ kind: "cut_connection" });
    await expect(push()).rejects.toThrow("fetch failed");
    expect(await role()).toBeUndefined();
    await control.failBackendApi({ kind: "cut_connection", acts: true });
    await expect(push()).rejects.toThrow("fetch failed");
    expect(await role()).toBe("admin");
    expect((await get("/users")).status).toBe(200);
  });

  it("delay the response, whether or not the request takes effect", async () => {
    const { control, get, role, user } = await startWithUser();
    const body = JSON.stringify({ public_metadata: { role: "admin" } });
    const path = `/users/${user.id}/metadata`;
    const patchWithTimeout = () =>
      get(path, { method: "PATCH", body, signal: AbortSignal.timeout(100) });
    const slow = { kind: "slow_answer", delayMs: 600_000 } as const;
    await control.failBackendApi(slow);
    await expect(patchWithTimeout()).rejects.toThrow();
    expect(await role()).toBeUndefined();
    await control.failBackendApi({ ...slow, acts: true });
    await expect(patchWithTimeout()).rejects.toThrow();
    expect(await role()).toBe("admin");
    await control.failBackendApi({ kind: "slow_answer", delayMs: 5 });
    expect((await get("/users")).status).toBe(504);
    await control.failBackendApi({ kind: "slow_answer", delayMs: 5, acts: true });
    expect((await get("/users")).status).toBe(200);
  });

  it("occur with a probability, reproducibly for the same seed", async () => {
    const { control, get } = await startWithUser();
    const run = async (seed: number) => {
      const faults = [{ route: "jwks", kind: "unavailable", probability: 0.5 } as const];
      await control.updateChaos({ seed, api: { faults } });
      const statuses: number[] = [];
      for (let n = 0; n < 20; n += 1) statuses.push((await get("/jwks")).status);
      return statuses;
    };
    const first = await run(1);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it("do not affect requests without the secret key or the Frontend API", async () => {
    const { control, get, origin } = await startWithUser();
    await control.failBackendApi({ kind: "unavailable", probability: 1 });
    expect((await get("/users", { headers: {} })).status).toBe(401);
    expect((await fetch(`${origin}/v1/environment`)).status).toBe(200);
    expect((await get("/users")).status).toBe(503);
  });

  it("report an invalid setting", async () => {
    const { control } = await startClerk();
    const refused = control.failBackendApi({ kind: "rate_limited", acts: true });
    await expect(refused).rejects.toThrow("never acts");
    const outOfRange = control.updateChaos({ deliveries: { drop: { probability: 2 } } });
    await expect(outOfRange).rejects.toThrow("422");
  });
});

describe("Backend API routes", () => {
  it.each([
    ["GET", "/users", "users.list"],
    ["GET", "/users/count", "users.count"],
    ["GET", "/users/user_1", "users.get"],
    ["PATCH", "/users/user_1", "users.update"],
    ["PATCH", "/users/user_1/metadata", "users.metadata"],
    ["GET", "/nothing", undefined],
  ])("maps %s %s to %s", (method, path, name) => {
    expect(backendRoute(method, path)).toBe(name);
  });
});

describe("rate limits", () => {
  it("are off by default", async () => {
    const { get } = await startWithUser();
    const responses = await Promise.all(Array.from({ length: 101 }, () => get("/users/count")));
    expect(responses.every(({ status }) => status === 200)).toBe(true);
  });

  it("reject the 101st request in ten seconds, except to /jwks", async () => {
    let now = Date.now();
    const { control, backend, origin } = await startClerk({ clock: { now: () => now } });
    await control.updateChaos({ api: { rateLimits: "development" } });
    for (let n = 0; n < 100; n += 1) await backend.users.getCount();
    now += 2500;
    const refused = { status: 429, retryAfter: 8, errors: [{ code: "too_many_requests" }] };
    await expect(backend.users.getCount()).rejects.toMatchObject(refused);
    expect((await backend.jwks.getJwks()).keys).toHaveLength(1);
    expect((await fetch(`${origin}/control/users`)).status).toBe(200);
    await control.updateChaos({ api: { rateLimits: "production" } });
    expect(await backend.users.getCount()).toBe(0);
    await control.updateChaos({ api: { rateLimits: "development" } });
    now += 7500;
    expect(await backend.users.getCount()).toBe(0);
  });

  it("reject the 11th update of the same user in ten seconds, but not of another", async () => {
    let now = Date.now();
    const { control, backend } = await startClerk({ clock: { now: () => now } });
    await control.updateChaos({ api: { rateLimits: "production" } });
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const other = await control.createUser({ emailAddresses: ["b@b.co"] });
    const push = (id: string) => backend.users.updateUserMetadata(id, { publicMetadata: {} });
    for (let n = 0; n < 9; n += 1) await push(user.id);
    await backend.users.updateUser(user.id, { firstName: "Ada" });
    await expect(push(user.id)).rejects.toMatchObject({ status: 429, retryAfter: 10 });
    await push(other.id);
    expect((await backend.users.getUser(user.id)).firstName).toBe("Ada");
    now += 10_000;
    await push(user.id);
  });
});
