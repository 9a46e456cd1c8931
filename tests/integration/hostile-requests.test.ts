import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { mapConcurrently } from "../support/concurrency.ts";
import { useSite } from "../support/fixtures.ts";
import { giantForms, type HostileBody } from "../support/hostile-bodies.ts";
import { type HostileRequest, hostileRequests } from "../support/hostile-requests.ts";
import type { RawRequest } from "../support/raw-request.ts";
import { isSlow, isSuspicious, timeResponse, watchHealth } from "../support/response-timing.ts";
import { createSignedInUser } from "../support/signed-in-user.ts";
import { formNames, type ValidForm, validForms } from "../support/valid-forms.ts";

const requestsPerPrincipal = 1_000;
/** A batch takes less than a minute, the lifetime of a token. */
const batch = 200;
const maxBytes = 2_000_000;
/** More than any page without submitted text. */
const pageBytes = 100_000;

type TestUser = Awaited<ReturnType<typeof createSignedInUser>> | null;

const platform = await useSite({}, { withStripe: true });
let people: Record<string, TestUser>;
let forms: readonly ValidForm[];
let requests: fc.Arbitrary<HostileRequest>;
beforeAll(async () => {
  people = {
    anonymous: null,
    user: await createSignedInUser(platform),
    admin: await createSignedInUser(platform, { role: "admin" }),
  };
  forms = await allForms();
  requests = hostileRequests({ forms, paths: allPaths() });
});

async function allForms(): Promise<ValidForm[]> {
  const other = await createSignedInUser(platform);
  const userId = await platform.db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(other.clerkUserId)
    .first<string>("id");
  const all = await validForms(platform, userId ?? "");
  // These two depend on Clerk's responses.
  const names = formNames.filter((name) => name !== "sync of a person" && name !== "reconcile");
  return names.flatMap((name) => all[name] ?? []);
}

function allPaths(): string[] {
  const pages = forms.map(({ path }) => path.replace("?index", ""));
  return [
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
    ...["/api/webhooks/clerk", "/api/webhooks/stripe"],
    ...new Set(pages),
  ];
}

/** The user's cookies with a fresh token. */
async function cookiesOf(user: TestUser): Promise<string> {
  if (!user) return "";
  const { clerk, origin: appOrigin } = platform;
  const { cookies } = await clerk.createSession({ userId: user.clerkUserId, appOrigin });
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

/** Sends a request and lists the problems of the response. */
async function findProblems(request: RawRequest): Promise<string[]> {
  if (isFrozen) return [];
  const outcome = await timeResponse(request);
  const { response, problem } = outcome;
  const problems: string[] = [];
  if (!response) problems.push(`no response, ${problem}`);
  if (response && response.status >= 500) problems.push(`status ${response.status}`);
  if (response && response.body.length > maxBytes)
    problems.push(`${response.body.length} characters`);
  if (isSuspicious(outcome)) suspects.push(request);
  // Later requests would get no response either.
  isFrozen ||= !response;
  return problems.map((problem) => `${problem}: ${describeRequest(request)}`);
}

const suspects: RawRequest[] = [];
let isFrozen = false;

function describeRequest({ body, ...request }: RawRequest): string {
  const text = body === null || body === undefined ? "" : Buffer.from(body).toString("latin1");
  return `${JSON.stringify(request)} ${JSON.stringify(text)}`.slice(0, 3_000);
}

test("hostile requests get fast responses without a 5xx, and the site stays up", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
  console.log(`seed ${seed}: run again with SEED=${seed}`);
  const health = watchHealth(platform.origin);
  const problems: string[] = [];
  let count = 0;
  for (const user of Object.values(people)) {
    for (let sent = 0; sent < requestsPerPrincipal; sent += batch) {
      const own = await cookiesOf(user);
      const sample = fc.sample(requests, { seed: seed + count, numRuns: batch });
      const raw = sample.map((request) => toRaw(request, own));
      problems.push(...(await mapConcurrently(raw, 8, findProblems)).flat());
      count += batch;
    }
  }
  const checks = await health.stop();
  console.log(`${count} requests, ${checks.length} health checks, ${suspects.length} sent again`);
  expect(problems.slice(0, 20)).toEqual([]);
  expect(checks.filter(({ response }) => response?.status !== 200)).toEqual([]);
  const slow: string[] = [];
  for (const request of suspects) if (await isSlow(request)) slow.push(describeRequest(request));
  expect(slow).toEqual([]);
}, 900_000);

/** Forms whose body the worker reads before it responds. */
function readableForms(role: string): HostileBody[] {
  const isRead = ({ path }: ValidForm) => role === "admin" || path !== "/admin/markdown-preview";
  const ofUsers = ({ path }: ValidForm) => role !== "user" || !path.startsWith("/admin");
  return giantForms(forms.filter(isRead).filter(ofUsers));
}

test("a form of 1 MB gets a short response", async () => {
  const long: string[] = [];
  for (const [role, user] of Object.entries(people)) {
    const own = await cookiesOf(user);
    const rest = { ownCookies: "first", cookies: "", headers: {} } as const;
    for (const body of readableForms(role)) {
      const request = toRaw({ ...body, ...rest }, own);
      const { response, problem } = await timeResponse(request);
      const isShort = response && response.status < 500 && response.body.length < pageBytes;
      if (!isShort) long.push(`${role}: ${body.path}: ${problem ?? response?.body.length}`);
    }
  }
  expect(long).toEqual([]);
});
