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
  [platform, routes] = await Promise.all([startPlatform(), readBuiltRoutes()]);
  principals = await createPrincipals(platform);
  samples = await createSamples(platform, principals);
});
afterAll(() => platform.close());

/** The paths of a route for whoever asks, its parameters filled in. */
function pathsOf({ path }: BuiltRoute, principal: Principal): string[] {
  const filled = path.replaceAll(/:(\w+)/g, (_, name) => samples(name, principal));
  return filled.endsWith("/*")
    ? [filled.slice(0, -2), filled.replace("*", "some/where")]
    : [filled];
}

/** What is wrong with an answer; nothing where all is as it must be. */
async function check(path: string, accessRequest: AccessRequest): Promise<string[]> {
  const response = await sendRaw(requestOf(platform.origin, path, accessRequest));
  const { route, method, form, principal } = accessRequest;
  const expected = expectedResponse(accessRequest);
  const wrong: string[] = [];
  // An empty body says nothing of where single fetch leads; the status and GET's answer do.
  const observed =
    method === "HEAD" && response.status === 202 && expected === "sign-in"
      ? "sign-in"
      : observedResponse(response);
  if (observed !== expected) wrong.push(`is ${observed} (${response.status}), not ${expected}`);
  if (method === "HEAD" && response.body !== "") wrong.push("has a body");
  if (!response.headers.has("content-security-policy")) wrong.push("has no policy");
  const stored = response.headers.get("cache-control") !== "private, no-store";
  if (stored && route.access !== "public") wrong.push("may be stored");
  if (expected === "unauthorized" && !response.headers.has("www-authenticate")) {
    wrong.push("does not say how to sign in");
  }
  if (expected === "method-not-allowed" && !response.headers.has("allow"))
    wrong.push("allows nothing");
  return wrong.map((what) => `${method} ${path} (${form}) by ${principal.name} ${what}`);
}

/** Some nine thousand requests, more with every route. */
const timeout = 900_000;

test("every route, method, person and form of request is answered as the policy says", {
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
  const wrong = await mapConcurrently(accessRequests, 24, ({ path, accessRequest }) =>
    check(path, accessRequest),
  );
  console.log(
    `${accessRequests.length} answers: ${routes.length} routes, ${principals.length} people`,
  );
  expect(wrong.flat().slice(0, 40)).toEqual([]);
});
