import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { readBuiltRoutes } from "../support/built-routes.ts";
import { readCompleteLog } from "../support/complete-log.ts";
import { mapConcurrently } from "../support/concurrency.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { formNames, validForms } from "../support/valid-forms.ts";

const platform = await usePlatform({}, { actionLimit: 1 });
const notice = "that was too many requests in a short time";

/** Forms whose fields people type; the others have buttons only. */
const typedFields: Record<string, string[]> = {
  "new course": ["title", "slug", "summary", "price"],
  course: ["title", "slug", "summary", "price"],
  lesson: ["title", "durationMinutes", "status"],
  "new section": ["title"],
  "new lesson": ["title"],
  "section title": ["title"],
  enrollment: ["who"],
  "addition to a course": ["course"],
  refund: ["amount", "reason"],
  "role change": ["reason"],
};

const tables = ["courses", "lessons", "sections", "enrollments", "purchases", "role_changes"];
const everything = async () => {
  const statements = tables.map((table) => platform.db.prepare(`select * from ${table}`));
  return (await platform.db.batch(statements)).map(({ results }) => results);
};

/** The values of all controls with this name on the page. */
function shownValues(html: string, name: string): string[] {
  const controls = parse(html).querySelectorAll(`[name="${name}"]`);
  return controls.map((control) => {
    const option = control.querySelector("option[selected]");
    return (option ?? control).getAttribute("value") ?? control.text.replace(/^\n/, "");
  });
}

/** Sends until the limit is reached. */
async function exhaust(send: () => Promise<Response>): Promise<void> {
  while ((await send()).status !== 429);
}

/** Submits a form over the limit. Starts again with other records if a new minute has begun. */
async function submitOverLimit(name: string) {
  for (;;) {
    const admin = await consoleUser(platform, "admin");
    const form = (await validForms(platform, admin.id))[name];
    if (!form) throw new Error(`No form is called ${name}`);
    // An unknown field is refused, too, but counted.
    await exhaust(() => admin.post(form.path, { ...form.fields, unknown: "1" }));
    const before = await everything();
    const response = await admin.post(form.path, form.fields);
    if (response.status === 429) return { response, before, fields: form.fields };
  }
}

test.each(formNames)(
  "the form %s over the limit is 429, changes nothing and keeps what was typed",
  async (name) => {
    const { response, before, fields } = await submitOverLimit(name);
    expect(response.headers.get("Retry-After")).toBe("60");
    expect(await everything()).toEqual(before);
    const body = await response.text();
    const [line] = (await readCompleteLog(platform)).slice(-1);
    expect(line).toContain('"status":429,"reason":"rate-limit"');
    if (name === "preview") return expect(JSON.parse(body)).toMatchObject({ status: 429 });
    expect(body).toContain(notice);
    for (const field of typedFields[name] ?? []) {
      expect(shownValues(body, field), field).toContain(fields[field]);
    }
    if (name !== "order") return;
    expect(parse(body).querySelector('[name="consent"]')?.hasAttribute("checked")).toBe(true);
  },
);

test.each([
  ["a long text", `title=${'"'.repeat(100_000)}`],
  ["unknown kinds of names", "title%5B5%5D=unknown-text"],
  ["many fields", `${"a=x&".repeat(20)}title=unknown-text`],
])("over the limit, a form with %s is not shown again", async (_, text) => {
  const user = await consoleUser(platform, "user");
  const { path } = await insertCourse(platform);
  const type = "application/x-www-form-urlencoded";
  const send = () => user.visit(path, { method: "POST", body: new Blob([text], { type }) });
  let response = await send();
  while (response.status !== 429) response = await send();
  const body = await response.text();
  expect(body.length).toBeLessThan(50_000);
  expect(body).not.toContain("unknown-text");
});

test("every route that accepts writes is among the forms, except signed webhooks and the theme", async () => {
  const admin = await consoleUser(platform, "admin");
  const forms = Object.values(await validForms(platform, admin.id));
  const paths = forms.map(({ path }) => path.replace(/\?.*/, ""));
  const routes = (await readBuiltRoutes()).filter(({ methods }) => methods.includes("POST"));
  const missing = routes.filter(({ path }) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
    return !paths.some((one) => pattern.test(one));
  });
  // The theme is only a cookie.
  expect(missing.map(({ path }) => path)).toEqual([
    "/api/webhooks/clerk",
    "/api/webhooks/stripe",
    "/theme",
  ]);
});

test("exports over the limit are 429 with a problem document", async () => {
  const { id } = await insertCourse(platform);
  for (const path of [
    "/admin/audit.csv",
    "/admin/purchases.csv",
    `/admin/courses/${id}/people.csv`,
  ]) {
    const admin = await consoleUser(platform, "admin");
    await exhaust(() => admin.visit(path));
    const response = await admin.visit(path);
    expect(response.headers.get("Retry-After"), path).toBe("60");
    expect(await response.json()).toMatchObject({ title: "Too many requests", status: 429 });
  }
});

test("a data request over the limit is 429 with the submitted values", async () => {
  const admin = await consoleUser(platform, "admin");
  const form = (await validForms(platform, admin.id)).lesson;
  const fields = { ...form?.fields, title: "", body: "Four hundred typed words" };
  let response = await admin.post(`${form?.path}.data`, fields);
  while (response.status !== 429) response = await admin.post(`${form?.path}.data`, fields);
  expect(response.headers.get("Retry-After")).toBe("60");
  expect(await response.text()).toContain("Four hundred typed words");
});

/** Other users, and other kinds of actions of the same user. */
async function expectOthersUnaffected(configured: Platform, buyer: ConsoleUser): Promise<void> {
  const other = await consoleUser(configured, "user");
  const forms = await validForms(configured, buyer.id);
  const post = (person: ConsoleUser, name: string) =>
    person.post(forms[name]?.path ?? "", forms[name]?.fields ?? {});
  expect((await post(other, "order")).status).toBe(302);
  for (const name of ["free course", "completion", "cancellation"]) {
    expect((await post(buyer, name)).status, name).toBe(302);
  }
}

test("with the limits of wrangler.toml, a burst of 150 orders creates few", async () => {
  const configured = await startPlatform({}, { actionLimit: null });
  try {
    const buyer = await consoleUser(configured, "user");
    const forms = await Promise.all(
      Array.from({ length: 150 }, async () => (await validForms(configured, buyer.id)).order),
    );
    // Not 150 at once: a busy machine would not accept all connections in time.
    const responses = await mapConcurrently(forms, 30, (form) =>
      buyer.post(form?.path ?? "", form?.fields ?? {}),
    );
    const accepted = responses.filter(({ status }) => status === 302).length;
    // A burst can span two periods.
    expect(accepted).toBeGreaterThanOrEqual(20);
    expect(accepted).toBeLessThanOrEqual(40);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(150 - accepted);
    await expectOthersUnaffected(configured, buyer);
  } finally {
    await configured.close();
  }
});
