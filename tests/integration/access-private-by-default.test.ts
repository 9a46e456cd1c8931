import { afterAll, beforeAll, expect, test } from "vitest";
import { buildVariant } from "../support/built-routes.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const loader = `export function loader() { return Response.json("LOADED"); }`;
const page = `${loader}\nexport default function Page() { return <h1>SHOWN</h1>; }`;

/** Routes as somebody in a hurry would add them. */
const files = {
  "app/routes/forgotten.tsx": page,
  "app/routes/api.forgotten.ts": loader,
  "app/routes/admin.forgotten.tsx": page,
  "app/routes/admin.opened.ts": `export const handle = { access: "public" };\n${loader}`,
  "app/routes/mistyped.tsx": `export const handle = { access: "Public" };\n${page}`,
};

let platform: Platform;
let removeVariant: () => Promise<void>;
let people: Record<string, Record<string, string>>;
beforeAll(async () => {
  const variant = await buildVariant(files);
  removeVariant = variant.remove;
  platform = await startPlatform({}, { modules: [{ type: "ESModule", path: variant.workerPath }] });
  const [user, admin] = await Promise.all([
    createSignedInUser(platform),
    createSignedInUser(platform, { role: "admin" }),
  ]);
  people = {
    nobody: {},
    user: cookieHeader(user.cookies),
    admin: cookieHeader(admin.cookies),
  };
});
afterAll(async () => {
  await platform.close();
  await removeVariant();
});

const statusesOf = async (path: string) => {
  const responses = Object.entries(people).map(async ([name, headers]) => {
    const response = await fetch(platform.origin + path, { headers, redirect: "manual" });
    const shown = /LOADED|SHOWN/.test(await response.text());
    return [name, shown ? "shown" : response.status];
  });
  return Object.fromEntries(await Promise.all(responses));
};

test.each([
  ["/forgotten", { nobody: 302, user: "shown", admin: "shown" }],
  ["/forgotten.data", { nobody: 202, user: "shown", admin: "shown" }],
  ["/api/forgotten", { nobody: 401, user: "shown", admin: "shown" }],
])("%s says nothing of access: it is for signed-in people", async (path, expected) => {
  expect(await statusesOf(path)).toEqual(expected);
});

test.each([
  ["/admin/forgotten", { nobody: 302, user: 403, admin: "shown" }],
  ["/admin/forgotten.data", { nobody: 202, user: 403, admin: "shown" }],
  [
    "/admin/forgotten.data?_routes=routes%2Fadmin.forgotten",
    { nobody: 202, user: 403, admin: "shown" },
  ],
  ["/admin/opened", { nobody: 401, user: 403, admin: "shown" }],
])("%s is below the admin pages, and for admins whatever it says", async (path, expected) => {
  expect(await statusesOf(path)).toEqual(expected);
});

test("a word that is none closes a route as far as it goes", async () => {
  expect(await statusesOf("/mistyped")).toEqual({ nobody: 302, user: 403, admin: "shown" });
});
