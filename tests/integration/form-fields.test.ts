import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { formNames, type ValidForm, validForms } from "../support/valid-forms.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let forms: Record<string, ValidForm>;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  forms = await validForms(platform, ada.id);
});

const tables = ["courses", "lessons", "sections", "enrollments", "purchases", "role_changes"];
const everything = async () => {
  const statements = tables.map((table) => platform.db.prepare(`select * from ${table}`));
  return (await platform.db.batch(statements)).map(({ results }) => results);
};

/** Field names that Conform would expand into arrays and objects, or that no form has. */
const unknownNames = [
  "other",
  "",
  "title[4294967294]",
  "title[5000000]",
  "title[0]",
  "title.length",
  "title[]",
  "intent[1000000].x",
  "__proto__",
  "__proto__[polluted]",
  "constructor.prototype.polluted",
  "__intent__",
  "__state__",
  "[4294967294]",
  "a".repeat(100_000),
  "[0]".repeat(30_000),
  "a.".repeat(50_000),
];

describe.each(formNames)("the form: %s", (name) => {
  const valid = () => {
    const form = forms[name];
    if (!form) throw new Error(`No form is called ${name}`);
    return form;
  };
  const post = (path: string, body: BodyInit) => ada.visit(path, { method: "POST", body });

  test("with an unknown field is 400 and changes nothing", async () => {
    const { path, fields } = valid();
    const before = await everything();
    for (const unknown of unknownNames) {
      const body = new URLSearchParams({ ...fields });
      body.append(unknown, "x");
      const response = await post(path, body);
      expect(response.status, unknown.slice(0, 40)).toBe(400);
      expect((await response.text()).length).toBeLessThan(20_000);
    }
    expect(await everything()).toEqual(before);
  });

  test("with a repeated field or more than 200 fields is 400", async () => {
    const { path, fields } = valid();
    const [[first, value] = ["", ""]] = Object.entries(fields);
    const twice = new URLSearchParams([...Object.entries(fields), [first, value]]);
    const many = new URLSearchParams([
      ...Object.entries(fields),
      ...Array.from({ length: 200 }, (_, index): [string, string] => [`a${index}`, ""]),
    ]);
    for (const body of [twice, many]) expect((await post(path, body)).status).toBe(400);
  });
});

test.each([
  ["application/x-www-form-urlencoded", "a&".repeat(499_000)],
  ["application/x-www-form-urlencoded", "title[4294967294]=x&".repeat(49_000)],
  ["multipart/form-data; boundary=b", "--b\r\n".repeat(190_000)],
  ["application/json", "[".repeat(900_000)],
  ["text/plain", "intent=enroll"],
])("a body of %s that is not a valid form is 400", async (type, text) => {
  for (const path of [forms.course?.path, forms["free course"]?.path]) {
    const body = new Blob([text], { type });
    expect((await ada.visit(path ?? "", { method: "POST", body })).status).toBe(400);
  }
});

test("a form with too much text is 413; a shorter one gets a bounded response", async () => {
  const { path, fields } = forms.lesson ?? { path: "", fields: {} };
  const post = (length: number) => {
    const text = new URLSearchParams({ ...fields, body: "" }) + '"'.repeat(length);
    const body = new Blob([text], { type: "application/x-www-form-urlencoded" });
    return ada.visit(path, { method: "POST", body });
  };
  for (const length of [150_000, 900_000]) {
    const response = await post(length);
    expect(response.status).toBe(413);
    expect((await response.text()).length).toBeLessThan(20_000);
  }
  expect((await (await post(149_000)).text()).length).toBeLessThan(2_000_000);
});

test.each(["/admin", "/admin.data"])("a form sent to the layout at %s is 405", async (path) => {
  expect((await ada.post(path, {})).status).toBe(405);
});

test("every form is accepted as its page submits it", async () => {
  for (const name of formNames) {
    const form = forms[name];
    if (!form) throw new Error(`No form is called ${name}`);
    const { status } = await ada.post(form.path, form.fields);
    // 404 and 409 occur because earlier forms change the course.
    expect([200, 302, 404, 409], `${name}: ${status}`).toContain(status);
  }
});
