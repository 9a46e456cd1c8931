import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { submitSignUp, typeCode } from "./clerk-forms.ts";
import type { Platform } from "./platform.ts";

/** Who looks: nobody in particular, or one of the people that `createCast` brings in. */
export type Role = "visitor" | "user" | "admin";

/** One thing that people see: how to get there, and the sign that it has arrived. */
export interface Scene {
  name: string;
  as: Role;
  show(page: Page): Promise<void>;
}

const cast = {
  user: { firstName: "Grace", lastName: "Hopper", email: "grace@example.com" },
  admin: { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com" },
};
const password = "grace-local-password";

/** Every page of the site, and Clerk's components on it in each of their states. */
export const scenes: readonly Scene[] = [
  { name: "home", as: "visitor", show: opens("/", "Learn one thing well") },
  { name: "sign-in", as: "visitor", show: opens("/sign-in", "Sign in to") },
  { name: "sign-in-password", as: "visitor", show: askForPassword },
  { name: "sign-in-refused", as: "visitor", show: refusePassword },
  { name: "sign-up", as: "visitor", show: opens("/sign-up", "Create your account") },
  { name: "sign-up-code", as: "visitor", show: askForCode },
  { name: "not-found", as: "visitor", show: opens("/no-such-page", "There is no page here") },
  { name: "home-signed-in", as: "user", show: opensSignedIn("/", "Learn one thing well") },
  { name: "dashboard", as: "user", show: opensSignedIn("/dashboard", "Welcome, Grace Hopper") },
  { name: "user-menu", as: "user", show: openUserMenu },
  { name: "account", as: "user", show: opensSignedIn("/account", "Profile details") },
  { name: "account-edit", as: "user", show: editProfile },
  { name: "account-security", as: "user", show: opensSignedIn("/account/security", "Security") },
  { name: "courses", as: "user", show: opensSignedIn("/courses", "My Courses") },
  { name: "purchases", as: "user", show: opensSignedIn("/purchases", "Purchases History") },
  { name: "forbidden", as: "user", show: opens("/admin", "This page is not open to you") },
  { name: "admin", as: "admin", show: opensSignedIn("/admin", "Admin overview") },
  { name: "admin-users", as: "admin", show: opensSignedIn("/admin/users", "Grace Hopper") },
  { name: "admin-nobody", as: "admin", show: opensSignedIn("/admin/users?q=zz", "No name in") },
  { name: "admin-user", as: "admin", show: openGracesPage },
  { name: "admin-role", as: "admin", show: askForReason },
  { name: "admin-sync", as: "admin", show: opensSignedIn("/admin/sync", "Compare and repair") },
  { name: "admin-audit", as: "admin", show: opensSignedIn("/admin/audit", "Runs the courses") },
];

/** Creates the people of the scenes, known to Clerk and to the site. */
export async function createCast({ clerk, db }: Platform): Promise<void> {
  for (const [role, { email, ...name }] of Object.entries(cast)) {
    const publicMetadata = { role };
    await clerk.createUser({ ...name, emailAddresses: [email], password, publicMetadata });
  }
  await clerk.waitForIdle();
  await db.exec(
    `${addRoleChange} 'c1', null, 'user', 'admin', 'The first admin', 1700000000000 ${of.admin}`,
  );
  await db.exec(
    `${addRoleChange} 'c2', id, 'user', 'admin', 'Runs the courses', 1750000000000 ${of.admin}`,
  );
}

const addRoleChange =
  "insert into role_changes (user_id, id, changed_by, from_role, to_role, reason, created_at) select id,";
const of = { admin: `from users where email = '${cast.admin.email}'` };

/** A fresh browser of that person, signed in, with one empty page. Leaving it ends the session. */
export async function arriveAs(
  role: Role,
  browser: Browser,
  { clerk, origin }: Platform,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; leave: () => Promise<unknown> }> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const page = await context.newPage();
  if (role === "visitor") return { page, leave: () => context.close() };
  const [person] = await clerk.listUsers({ emailAddress: cast[role].email });
  if (!person) throw new Error(`Clerk does not know the ${role}`);
  const session = await clerk.createSession({ userId: person.id, appOrigin: origin });
  const cookies = Object.entries(session.cookies);
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: origin })));
  const leave = () => context.close().then(() => clerk.revokeSession(session.sessionId));
  return { page, leave };
}

/** Goes to a page and waits for its heading and for the fonts. */
function opens(path: string, heading: string) {
  return async (page: Page) => {
    await page.goto(path);
    await page.getByText(heading).locator("visible=true").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
  };
}

/** The same for a page with the person's picture in its header, which Clerk draws. */
function opensSignedIn(path: string, heading: string) {
  return async (page: Page) => {
    await opens(path, heading)(page);
    await page.getByRole("button", { name: "Open user menu" }).getByRole("img").waitFor();
  };
}

async function openGracesPage(page: Page): Promise<void> {
  await opensSignedIn("/admin/users", "Grace Hopper")(page);
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  await page.getByRole("heading", { name: "Sync with Clerk" }).waitFor();
}

async function askForReason(page: Page): Promise<void> {
  await openGracesPage(page);
  await page.getByRole("link", { name: "Make admin…" }).click();
  await page.getByLabel("Reason").fill("Runs the courses");
}

async function askForPassword(page: Page): Promise<void> {
  await opens("/sign-in", "Sign in to")(page);
  await page.getByLabel("Email address").fill(cast.user.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL("**/sign-in/factor-one**");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
}

async function refusePassword(page: Page): Promise<void> {
  await askForPassword(page);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.locator("#error-password").waitFor();
}

async function askForCode(page: Page): Promise<void> {
  await opens("/sign-up", "Create your account")(page);
  const email = `mary-${crypto.randomUUID()}@example.com`;
  await submitSignUp(page, { firstName: "Mary", lastName: "Somerville", email, password });
  await typeCode(page, "42");
}

async function openUserMenu(page: Page): Promise<void> {
  await opensSignedIn("/dashboard", "Welcome, Grace Hopper")(page);
  await page.getByRole("button", { name: "Open user menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
}

async function editProfile(page: Page): Promise<void> {
  await opensSignedIn("/account", "Profile details")(page);
  await page.getByRole("button", { name: "Update profile" }).click();
  await page.getByLabel("Last name").waitFor();
}
