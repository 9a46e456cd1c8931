import type { Platform } from "./platform.ts";

/** Part of the values of malformed events; must not appear in stored deliveries or logs. */
export const secret = "Zerlina";

/** A user that no malformed event may change. */
export const untouchedUser = "user_bystander";

const insert = `insert into users
  (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at)
  values ('id-1', '${untouchedUser}', 'by@example.com', 'By Stander', 'admin', 5, 0, 1, 1)`;

/** Resets the database to this one user, with nothing pending. */
export async function resetToUntouchedUser({ db }: Platform): Promise<void> {
  await db.batch([
    db.prepare("delete from users"),
    db.prepare("delete from webhook_deliveries"),
    db.prepare(insert),
  ]);
}

/** The user's row, and whether a secret value leaked. */
export async function readSideEffects({ db, logLines }: Platform) {
  const deliveries = await db.prepare("select * from webhook_deliveries").all();
  const written = `${JSON.stringify(deliveries.results)}\n${logLines.join("\n")}`;
  return {
    untouchedUser: await db.prepare("select * from users where id = 'id-1'").first(),
    leaks: written.includes(secret),
  };
}

/** The expected result of `readSideEffects`. */
export const noSideEffects = {
  untouchedUser: {
    id: "id-1",
    clerk_user_id: untouchedUser,
    email: "by@example.com",
    name: "By Stander",
    image_url: null,
    role: "admin",
    clerk_updated_at: 5,
    metadata_pending: 0,
    created_at: 1,
    updated_at: 1,
    deleted_at: null,
    metadata_retry_at: null,
    refresh_pending: 0,
    banned_at: null,
    locked: 0,
    ended_sessions: null,
    cache_pending: null,
  },
  leaks: false,
};
