import { afterAll, beforeAll, expect, test } from "vitest";
import { buildVariant } from "../support/built-routes.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const loader = `export function loader() { return Response.json("LOADED"); }`;
const page = `${loader}\nexport default function Page() { return <h1>SHOWN</h1>; }`;

/** Routes with missing or wrong access settings. */
const files = {
  "app/routes/forgotten.tsx": page,
  "app/routes/api.forgotten.ts": loader,
  "app/routes/admin.forgotten.tsx": page,
  "app/routes/admin.opened.ts": `export const handle = { access: "public" };\n${loader}`,
  "app/routes/mistyped.tsx": `export const handle = { access: "Public" };\n${page}`,
};

let platform: Platform;
let removeVariant: () => Promise<void>;
let visitors: Record<string, Record<string, string>>;
beforeAll(async () => {
  const variant = await buildVariant(files);
  removeVariant = variant.remove;
  platform = await startPlatform({}, { modules: [{ type: "ESModule", path: variant.workerPath }] });
  const [user, admin] = await Promise.all([
    createSignedInUser(platform),
    createSignedInUser(platform, { role: "admin" }),
  ]);
  visitors = {
    anonymous: {},
    user: cookieHeader(user.cookies),
    admin: cookieHeader(admin.cookies),
  };
});
afterAll(async () => {
  await platform.close();
  await removeVariant();
});

const statusesOf = async (path: string) => {
  const responses = Object.entries(visitors).map(async ([name, headers]) => {
    const response = await fetch(platform.origin + path, { headers, redirect: "manual" });
    const shown = /LOADED|SHOWN/.test(await response.text());
    return [name, shown ? "shown" : response.status];
  });
  return Object.fromEntries(await Promise.all(responses));
};

test.each([
  ["/forgotten", { anonymous: 302, user: "shown", admin: "shown" }],
  ["/forgotten.data", { anonymous: 202, user: "shown", admin: "shown" }],
  ["/api/forgotten", { anonymous: 401, user: "shown", admin: "shown" }],
])("%s has no access setting, so it requires sign-in", async (path, expected) => {
  expect(await statusesOf(path)).toEqual(expected);
});

test.each([
  ["/admin/forgotten", { anonymous: 302, user: 403, admin: "shown" }],
  ["/admin/forgotten.data", { anonymous: 202, user: 403, admin: "shown" }],
  [
    "/admin/forgotten.data?_routes=routes%2Fadmin.forgotten",
    { anonymous: 202, user: 403, admin: "shown" },
  ],
  ["/admin/opened", { anonymous: 401, user: 403, admin: "shown" }],
])("%s is below the admin pages, so only admins can open it", async (path, expected) => {
  expect(await statusesOf(path)).toEqual(expected);
});

test("an invalid access setting makes a route admin-only", async () => {
  expect(await statusesOf("/mistyped")).toEqual({ anonymous: 302, user: 403, admin: "shown" });
});
