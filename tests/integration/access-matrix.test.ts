import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type AccessRequest,
  expectedResponse,
  forms,
  methods,
  observedResponse,
  requestOf,
} from "../support/access-model.ts";
import { createSamples, type Samples } from "../support/access-samples.ts";
import { type BuiltRoute, readBuiltRoutes } from "../support/built-routes.ts";
import { mapConcurrently } from "../support/concurrency.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { createPrincipals, type Principal } from "../support/principals.ts";
import { sendRaw } from "../support/raw-request.ts";

let platform: Platform;
let routes: BuiltRoute[];
let principals: Principal[];
let samples: Samples;
beforeAll(async () => {
  [platform, routes] = await Promise.all([
    startPlatform({}, { withStripe: true, isDirect: true, withFiles: false }),
    readBuiltRoutes(),
  ]);
  principals = await createPrincipals(platform);
  samples = await createSamples(platform, principals);
});
afterAll(() => platform.close());

/** The paths of a route for a principal, with parameters filled in. */
function pathsOf({ path }: BuiltRoute, principal: Principal): string[] {
  const filled = path.replaceAll(/:(\w+)/g, (_, name) => samples(name, principal));
  return filled.endsWith("/*")
    ? [filled.slice(0, -2), filled.replace("*", "some/where")]
    : [filled];
}

/** Sends a request and lists the problems of the response. */
async function check(path: string, accessRequest: AccessRequest): Promise<string[]> {
  const response = await sendRaw(requestOf(platform.origin, path, accessRequest));
  const { route, method, form, principal } = accessRequest;
  const expected = expectedResponse(accessRequest);
  const problems: string[] = [];
  // A single-fetch redirect is in the body, which HEAD lacks.
  const observed =
    method === "HEAD" && response.status === 202 && expected === "sign-in"
      ? "sign-in"
      : observedResponse(response);
  if (observed !== expected) problems.push(`is ${observed} (${response.status}), not ${expected}`);
  if (method === "HEAD" && response.body !== "") problems.push("has a body");
  if (!response.headers.has("content-security-policy")) problems.push("has no policy");
  const stored = response.headers.get("cache-control") !== "private, no-store";
  if (stored && route.access !== "public") problems.push("may be stored");
  const isIndexed = response.headers.get("x-robots-tag") !== "noindex";
  if (isIndexed !== (route.access === "public")) {
    problems.push(isIndexed ? "may be indexed" : "is not indexed");
  }
  if (expected === "unauthorized" && !response.headers.has("www-authenticate")) {
    problems.push("does not say how to sign in");
  }
  if (expected === "method-not-allowed" && !response.headers.has("allow"))
    problems.push("allows nothing");
  return problems.map((what) => `${method} ${path} (${form}) by ${principal.name} ${what}`);
}

/** For about 9,000 requests. */
const timeout = 900_000;

test("every route responds to every method, principal and kind of request as the policy requires", {
  timeout,
}, async () => {
  const accessRequests = routes.flatMap((route) =>
    principals.flatMap((principal) =>
      pathsOf(route, principal).flatMap((path) =>
        methods.flatMap((method) =>
          forms.map((form) => ({ path, accessRequest: { route, method, form, principal } })),
        ),
      ),
    ),
  );
  const problems = await mapConcurrently(accessRequests, 24, ({ path, accessRequest }) =>
    check(path, accessRequest),
  );
  console.log(
    `${accessRequests.length} responses: ${routes.length} routes, ${principals.length} principals`,
  );
  expect(problems.flat().slice(0, 40)).toEqual([]);
});
