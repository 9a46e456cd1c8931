import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { readCompleteLog } from "../support/complete-log.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectLogWithout } from "../support/log-privacy.ts";
import { insertPurchase } from "../support/purchases.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform({}, { withFaults: true });
let admin: ConsoleUser;
let learner: ConsoleUser;
let email: string;
let course: Awaited<ReturnType<typeof insertCourse>>;
let purchaseId: string;
beforeAll(async () => {
  admin = await consoleUser(platform, "admin");
  learner = await consoleUser(platform, "user");
  course = await insertCourse(platform, { priceMinor: 2_900 });
  purchaseId = await insertPurchase(platform, { userId: learner.id, courseId: course.id });
  const person = await platform.clerk.getUser(learner.clerkUserId);
  email = person.email_addresses[0]?.email_address ?? "";
});

const paths: [string, (email: string) => string][] = [
  ["the catalog", () => "/"],
  ["a course", () => course.path],
  ["a lesson", () => `${course.path}/lessons/lesson-1`],
  ["my courses", () => "/courses"],
  ["the dashboard", () => "/dashboard"],
  ["purchases", () => "/purchases"],
  ["a purchase", () => `/purchases/${purchaseId}`],
  ["the API", (text) => `/api/me?email=${text}`],
  ["the sync", (text) => `/api/clerk/syncUsers?redirect_url=/dashboard?email=${text}`],
  ["the console", () => "/admin"],
  ["the search for a person", (text) => `/admin/users?search=${text}`],
  ["a person", () => `/admin/users/${learner.id}`],
  ["a person by their address", (text) => `/admin/users/${text}`],
  ["the audit", (text) => `/admin/audit?person=${text}`],
  ["the audit as CSV", (text) => `/admin/audit.csv?person=${text}`],
  ["all purchases", (text) => `/admin/purchases?search=${text}`],
  ["the deliveries", (text) => `/admin/sync?q=${text}`],
  ["the people of a course", (text) => `/admin/courses/${course.id}/people?q=${text}`],
];

const forms: [string, () => [string, Record<string, string>]][] = [
  ["enrolling by e-mail", () => [`/admin/courses/${course.id}/people`, { who: email }]],
  [
    "revoking an enrollment",
    () => [`/admin/courses/${course.id}/people`, { intent: "revoke", userId: learner.id }],
  ],
  [
    "settling a purchase",
    () => ["/admin/purchases", { purchaseId, settlement: "paid", note: email }],
  ],
  [
    "settling an unknown purchase",
    () => ["/admin/purchases", { purchaseId: email, settlement: "paid" }],
  ],
  ["syncing a person", () => [`/admin/users/${learner.id}`, { intent: "sync" }]],
  ["a new course", () => ["/admin/courses/new", { title: email }]],
];

async function everyStep(send: () => Promise<Response>): Promise<string[]> {
  const injectedSteps: string[] = [];
  for (const mode of ["fails", "response-lost"] as const) {
    for (let step = 1, injected = 1; injected > 0; step++) {
      await platform.armFault({ step, mode });
      await (await send()).text();
      const report = await platform.readFaultReport();
      injected = report.injected;
      if (injected > 0) injectedSteps.push(report.steps[step - 1] ?? "");
    }
  }
  return injectedSteps;
}

test("when any step of a request fails, the log names the step and contains no personal data", async () => {
  const steps: string[] = [];
  for (const [, pathOf] of paths)
    steps.push(...(await everyStep(() => admin.visit(pathOf(email)))));
  for (const [, form] of forms) {
    const [path, fields] = form();
    steps.push(...(await everyStep(() => admin.post(path, fields))));
  }
  steps.push(...(await everyStep(firstRequest)));
  console.log(`${steps.length} failures: ${[...new Set(steps)].join(", ")}`);
  for (const service of ["D1.", "KV.", "Clerk."]) {
    expect(steps.filter((step) => step.startsWith(service)).length, service).toBeGreaterThan(0);
  }
  await expectLogWithout(platform, [...secrets, email]);
  const log = (await readCompleteLog(platform)).join("\n");
  expect(log.split("injected: D1.").length).toBeGreaterThan(steps.length / 3);
});

const secrets = ["Lovelace", "Ada ", "Zerlina", "@example.com", "sess_", "eyJ"];

/** A first request that creates the user's row; the token and session ids are secrets too. */
async function firstRequest(): Promise<Response> {
  await platform.clerk.hold();
  const person = await createSignedInUser(platform, { firstName: "Zerlina" });
  secrets.push(person.token, person.sessionId, person.clerkUserId);
  const headers = cookieHeader(person.cookies);
  return fetch(`${platform.origin}/api/clerk/syncUsers`, { headers, redirect: "manual" });
}
