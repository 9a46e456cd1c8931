import type { Browser } from "playwright-core";
import { type OpenPage, type OpenPageOptions, openPage } from "../open-page.ts";
import type { Platform } from "../platform.ts";
import type { Role } from "./page.ts";
import { insertConsoleRows } from "./seed-admin-rows.ts";
import { createCourses, finishCourse } from "./seed-courses.ts";

export const seedUsers = {
  user: { firstName: "Grace", lastName: "Hopper", email: "grace@example.com" },
  admin: { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com" },
  /** Has finished all her courses. */
  graduate: { firstName: "Emmy", lastName: "Noether", email: "emmy@example.com" },
  /** Has no courses or purchases. */
  newcomer: { firstName: "Mary", lastName: "Somerville", email: "mary@example.com" },
};
export const password = "grace-local-password";

/** Creates the users of the site's pages, at Clerk and in D1, and the courses. */
export async function createSeedUsers(platform: Platform): Promise<void> {
  const { clerk, db } = platform;
  for (const [role, { email, ...name }] of Object.entries(seedUsers)) {
    const publicMetadata = { role: role === "admin" ? "admin" : "user" };
    await clerk.createUser({ ...name, emailAddresses: [email], password, publicMetadata });
  }
  await clerk.waitForIdle();
  await createCourses(platform, seedUsers.user.email);
  await finishCourse(platform, seedUsers.graduate.email, "numbers");
  await db.exec(
    `${addRoleChange} 'c1', null, 'user', 'admin', 'The first admin', 1700000000000 ${of.admin}`,
  );
  await db.exec(
    `${addRoleChange} 'c2', id, 'user', 'admin', 'Runs the courses', 1750000000000 ${of.admin}`,
  );
  await insertConsoleRows(platform);
}

const addRoleChange =
  "insert into role_changes (user_id, id, changed_by, from_role, to_role, reason, created_at) select id,";
const of = { admin: `from users where email = '${seedUsers.admin.email}'` };

/** Opens a signed-in browser profile with one empty page. `close` revokes the session. */
export async function loginAs(
  role: Role,
  browser: Browser,
  { clerk, origin }: Platform,
  options: OpenPageOptions = {},
): Promise<OpenPage> {
  const { page, close: closePage } = await openPage(browser, origin, options);
  if (role === "visitor") return { page, close: closePage };
  const [person] = await clerk.listUsers({ emailAddress: seedUsers[role].email });
  if (!person) throw new Error(`Clerk does not know the ${role}`);
  const session = await clerk.createSession({ userId: person.id, appOrigin: origin });
  const cookies = Object.entries(session.cookies);
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: origin })));
  const close = async () => {
    await closePage();
    await clerk.revokeSession(session.sessionId);
  };
  return { page, close };
}
