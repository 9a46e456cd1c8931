import { expect, test } from "vitest";
import { clerkUserSchema } from "../../app/clerk/user-state.server.ts";
import { type ListedUser, startUserListServer } from "../support/clerk-user-list.ts";
import { crons } from "../support/crons.ts";
import { startPlatform } from "../support/platform.ts";

/**
 * Limits of Clerk's list and D1's parameters: https://developers.cloudflare.com/d1/platform/limits/
 */
const pageSize = 500;
const maxParameterBytes = 2_000_000;

const ourId = "01890000-0000-7000-8000-000000000000";

/** The longest possible user: maximum email and image URL, and names of four-byte characters. */
const longUser = (n: number): ListedUser => ({
  id: `user_${`${n}`.padStart(27, "x")}`,
  first_name: "🦉".repeat(300),
  last_name: "🦉".repeat(300),
  image_url: `https://images.example/${"x".repeat(1500)}`.slice(0, 1500),
  primary_email_address_id: "idn_1",
  email_addresses: [{ id: "idn_1", email_address: `${"a".repeat(64)}@${"b".repeat(251)}.com` }],
  public_metadata: { dbId: ourId, role: "admin" },
  updated_at: 1_700_000_000_000 + n,
});
const page = Array.from({ length: pageSize }, (_, n) => longUser(n));

test("a page of the longest users fits into one D1 parameter", () => {
  const states = page.map((user) => ({ ...clerkUserSchema.parse(user), id: ourId }));
  expect(Buffer.byteLength(JSON.stringify(states))).toBeLessThan(maxParameterBytes);
});

test("a page of the longest users is compared and written with one statement each", async () => {
  const clerk = await startUserListServer(page);
  const platform = await startPlatform({ CLERK_API_URL: clerk.origin });
  try {
    const rows = platform.db.prepare(
      `select count(*) as users, count(distinct created_at) as statements, min(length(name)) as shortest_name,
         min(length(image_url)) as shortest_url, min(role) as role from users`,
    );
    const latest = platform.db.prepare("select * from reconcile_runs order by id desc");
    for (const missing of [pageSize, 0]) {
      await platform.scheduled(crons.daily);
      const found = {
        users_checked: pageSize,
        rows_checked: pageSize,
        missing,
        outdated: 0,
        gone: 0,
      };
      // Clerk: a full page and an empty one. Rows: five pages and an empty one.
      expect(await latest.first()).toMatchObject({ ...found, pages: 8, error: null });
      expect(await rows.first()).toEqual({
        users: pageSize,
        statements: 1,
        shortest_name: 200,
        shortest_url: 1500,
        role: "admin",
      });
    }
  } finally {
    await platform.close();
    await clerk.close();
  }
});

test("a user that cannot be parsed is skipped and does not block others", async () => {
  const unreadable = { ...longUser(1), updated_at: null };
  const clerk = await startUserListServer([longUser(0), unreadable, longUser(2)]);
  const platform = await startPlatform({ CLERK_API_URL: clerk.origin });
  try {
    await platform.db
      .prepare(
        `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at, metadata_pending)
         values (?, ?, 'As before', 1, 1, 1, 0)`,
      )
      .bind(ourId, unreadable.id)
      .run();
    await platform.scheduled(crons.daily);
    const run = await platform.db.prepare("select * from reconcile_runs").first();
    expect(run).toMatchObject({ users_checked: 3, missing: 2, gone: 0, error: null });
    const before = platform.db.prepare(
      "select name, deleted_at from users where clerk_user_id = ?",
    );
    expect(await before.bind(unreadable.id).first()).toEqual({
      name: "As before",
      deleted_at: null,
    });
  } finally {
    await platform.close();
    await clerk.close();
  }
});

test("a user that Clerk's list omits is looked up before the row is deleted", async () => {
  const [listed, unlisted] = [longUser(0), longUser(1)];
  const clerk = await startUserListServer([listed], { unlisted: [unlisted] });
  const platform = await startPlatform({ CLERK_API_URL: clerk.origin });
  try {
    const insert = platform.db.prepare(
      `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at, metadata_pending)
       values (?, ?, 'As before', 1, 1, 1, 0)`,
    );
    await platform.db.batch(
      [listed.id, unlisted.id, "user_of_nobody"].map((id) => insert.bind(crypto.randomUUID(), id)),
    );
    await platform.scheduled(crons.daily);
    const run = await platform.db.prepare("select * from reconcile_runs").first();
    expect(run).toMatchObject({ users_checked: 1, gone: 1, error: null });
    const deletedAt = platform.db.prepare("select deleted_at from users where clerk_user_id = ?");
    expect(await deletedAt.bind(unlisted.id).first("deleted_at")).toBeNull();
    expect(await deletedAt.bind("user_of_nobody").first("deleted_at")).toEqual(expect.any(Number));
  } finally {
    await platform.close();
    await clerk.close();
  }
});
