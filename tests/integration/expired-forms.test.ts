import { parse } from "node-html-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { readBuiltRoutes } from "../support/built-routes.ts";
import { usePlatform } from "../support/fixtures.ts";
import { parseForm } from "../support/parse-form.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, withToken } from "../support/signed-in-user.ts";
import { formNames, type ValidForm, validForms } from "../support/valid-forms.ts";

const platform = await usePlatform();
let admin: ConsoleUser;
let expiredCookies: Record<string, string>;
beforeAll(async () => {
  admin = await consoleUser(platform, "admin");
  const issuedAt = Math.floor(Date.now() / 1000) - 3_600;
  const { sessionId } = admin;
  const token = await platform.clerk.mintSessionToken({ sessionId, azp: null, issuedAt });
  expiredCookies = cookieHeader(withToken(admin.cookies, token));
});

const documentHeaders = { Accept: "text/html", "Sec-Fetch-Dest": "document" };

/** Posts a form as a browser without JavaScript does after the token has expired. */
const postExpired = (path: string, fields: Record<string, string> | string) =>
  sendRaw({
    origin: platform.origin,
    path,
    method: "POST",
    headers: {
      ...documentHeaders,
      ...expiredCookies,
      Origin: platform.origin,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: typeof fields === "string" ? fields : `${new URLSearchParams(fields)}`,
  });

async function pagesWithForms() {
  const routes = await readBuiltRoutes();
  const pages = routes.filter(({ kind, methods }) => kind === "page" && methods.includes("POST"));
  expect(pages.length).toBeGreaterThan(8);
  return pages.map(({ path, isIndex }) => ({
    url: path.replaceAll(/:\w+/g, "some-id"),
    query: isIndex ? "?index" : "",
  }));
}

const typed = `First line, <b>"quoted" & 'kept'</b>\r\n\r\n${"twenty characters x ".repeat(20)}`;

test("every page that accepts a form shows its text again with a link to sign-in", async () => {
  for (const { url, query } of await pagesWithForms()) {
    const response = await postExpired(url + query, { version: "7", anyText: typed });
    expect(response.status, url).toBe(401);
    expect(response.headers.has("location"), url).toBe(false);
    const form = parse(response.body).querySelector("form#kept");
    expect(form?.getAttribute("action"), url).toBe(url + query);
    expect(form?.querySelector("a")?.getAttribute("href"), url).toBe(
      `/sign-in?${new URLSearchParams({ redirect_url: url })}`,
    );
    const { fields } = parseForm(response.body, "kept");
    expect(fields, url).toEqual({ version: "7", anyText: typed });
  }
});

test("the longest lesson is kept, with the line breaks that browsers send", async () => {
  const { path, fields } = await newForm("lesson");
  const longest = { ...fields, body: `${'"'.repeat(9)}\r\n`.repeat(4_999) };
  const response = await postExpired(path, longest);
  expect(parseForm(response.body, "kept").fields).toEqual(longest);
  expect(response.body.length).toBeLessThan(1_000_000);
});

test.each([
  ["1 MB of quotation marks", `title=${'"'.repeat(990_000)}`],
  ["more text than any form has", `title=${'"'.repeat(60_000)}`],
  ["a name that no form has", "title%5B5%5D=x"],
  ["more fields than any form has", "title=x&".repeat(21)],
])("a form with %s is not kept", async (_, body) => {
  for (const { url, query } of await pagesWithForms()) {
    const response = await postExpired(url + query, body);
    expect(response.status, url).toBe(302);
    expect(response.headers.get("location"), url).toMatch(/^\/sign-in\?/);
    expect(response.body.length, url).toBeLessThan(1_000);
  }
});

describe("each form, sent again after signing in, is answered as if it had never expired", () => {
  const pageForms = formNames.filter((name) => name !== "preview");

  test.each(pageForms)("%s", async (name) => {
    const direct = await newForm(name);
    const { path, fields } = await newForm(name);
    const page = await postExpired(path, fields);
    expect(page.status).toBe(401);
    const kept = parseForm(page.body, "kept");
    expect(kept.fields).toEqual(fields);
    const sent = await admin.post(path, kept.fields);
    expect(sent.status).toBe((await admin.post(direct.path, direct.fields)).status);
    expect(sent.status).not.toBe(400);
  });
});

test("the data of a form leads to sign-in, never through the handshake", async () => {
  const { path, fields } = await newForm("lesson");
  const response = await postExpired(`${path}.data`, fields);
  expect(response.status).toBe(202);
  expect(response.body).toContain("/sign-in?redirect_url=");
});

/** A form for records of its own. */
async function newForm(name: string): Promise<ValidForm> {
  const { id } = await consoleUser(platform, "user");
  const form = (await validForms(platform, id))[name];
  if (!form) throw new Error(`No form ${name}`);
  return form;
}
