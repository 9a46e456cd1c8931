import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { mapConcurrently } from "../support/concurrency.ts";
import { usePlatform } from "../support/fixtures.ts";
import { type HostileRequest, hostileRequests } from "../support/hostile-requests.ts";
import type { RawRequest } from "../support/raw-request.ts";
import { isSlow, isSuspicious, timeResponse, watchHealth } from "../support/response-timing.ts";
import { createSignedInUser } from "../support/signed-in-user.ts";
import { formNames, validForms } from "../support/valid-forms.ts";

const requestsPerPerson = 1_000;
/** A token lives for a minute; a batch takes far less. */
const batch = 200;
const maxBytes = 2_000_000;

type Person = Awaited<ReturnType<typeof createSignedInUser>> | null;

const platform = await usePlatform();
let people: Record<string, Person>;
let requests: fc.Arbitrary<HostileRequest>;
beforeAll(async () => {
  people = {
    nobody: null,
    user: await createSignedInUser(platform),
    admin: await createSignedInUser(platform, { role: "admin" }),
  };
  requests = hostileRequests(await targets());
});

async function targets() {
  const other = await createSignedInUser(platform);
  const userId = await platform.db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(other.clerkUserId)
    .first<string>("id");
  const all = await validForms(platform, userId ?? "");
  // These two ask Clerk, whose answers are none of the worker's.
  const names = formNames.filter((name) => name !== "sync of a person" && name !== "reconcile");
  const forms = names.flatMap((name) => all[name] ?? []);
  const pages = forms.map(({ path }) => path.replace("?index", ""));
  const paths = [
    ...[
      "/",
      "/sign-in",
      "/sign-up",
      "/dashboard",
      "/courses",
      "/purchases",
      "/account",
      "/nowhere",
    ],
    ...["/admin", "/admin/users", "/admin/courses", "/admin/sync", "/admin/audit"],
    ...["/admin/audit.csv", "/api/health", "/api/me", "/api/clerk/syncUsers", "/api/nowhere"],
    ...new Set(pages),
  ];
  return { forms, paths };
}

/** The cookies of a person with a fresh token. */
async function cookiesOf(person: Person): Promise<string> {
  if (!person) return "";
  const { clerk, origin: appOrigin } = platform;
  const { cookies } = await clerk.createSession({ userId: person.clerkUserId, appOrigin });
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
}

function toRaw(request: HostileRequest, own: string): RawRequest {
  const { path, method, type, body, signature, headers, ownCookies, cookies } = request;
  const order = { first: [own, cookies], last: [cookies, own], none: [cookies] }[ownCookies];
  const cookie = order.filter(Boolean).join("; ");
  return {
    origin: platform.origin,
    path,
    method,
    body,
    headers: {
      Accept: "text/html",
      Origin: platform.origin,
      ...(type !== null && { "Content-Type": type }),
      ...headers,
      ...signature,
      ...(cookie && { Cookie: cookie }),
      ...(body && { "Content-Length": `${body.length}` }),
    },
  };
}

/** What is wrong with how a request is answered. */
async function wrongsOf(request: RawRequest): Promise<string[]> {
  if (isFrozen) return [];
  const outcome = await timeResponse(request);
  const { response, problem } = outcome;
  const wrongs: string[] = [];
  if (!response) wrongs.push(`no answer, ${problem}`);
  if (response && response.status >= 500) wrongs.push(`status ${response.status}`);
  if (response && response.body.length > maxBytes)
    wrongs.push(`${response.body.length} characters`);
  if (isSuspicious(outcome)) suspects.push(request);
  // Nothing that is still to come would be answered either.
  isFrozen ||= !response;
  return wrongs.map((wrong) => `${wrong}: ${told(request)}`);
}

const suspects: RawRequest[] = [];
let isFrozen = false;

function told({ body, ...request }: RawRequest): string {
  const text = body === null || body === undefined ? "" : Buffer.from(body).toString("latin1");
  return `${JSON.stringify(request)} ${JSON.stringify(text)}`.slice(0, 3_000);
}

test("whatever a request holds, it is answered soon and not with a 5xx, and the site goes on", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const health = watchHealth(platform.origin);
  const wrongs: string[] = [];
  let count = 0;
  for (const person of Object.values(people)) {
    for (let sent = 0; sent < requestsPerPerson; sent += batch) {
      const own = await cookiesOf(person);
      const sample = fc.sample(requests, { seed: seed + count, numRuns: batch });
      const raw = sample.map((request) => toRaw(request, own));
      wrongs.push(...(await mapConcurrently(raw, 8, wrongsOf)).flat());
      count += batch;
    }
  }
  const checks = await health.stop();
  console.log(`${count} requests, ${checks.length} health checks, ${suspects.length} sent again`);
  expect(wrongs.slice(0, 20)).toEqual([]);
  expect(checks.filter(({ response }) => response?.status !== 200)).toEqual([]);
  const slow: string[] = [];
  for (const request of suspects) if (await isSlow(request)) slow.push(told(request));
  expect(slow).toEqual([]);
}, 900_000);
