import type { Platform } from "./platform.ts";

/** Stands in the values of poisoned events: it must reach neither the ledger nor the log. */
export const secret = "Zerlina";

/** Somebody whom no poisoned event may touch. */
export const untouchedUser = "user_bystander";

const insert = `insert into users
  (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at)
  values ('id-1', '${untouchedUser}', 'by@example.com', 'By Stander', 'admin', 5, 0, 1, 1)`;

/** A database with nobody but the bystander; nothing of theirs is pending, so nothing of ours touches them either. */
export async function resetToUntouchedUser({ db }: Platform): Promise<void> {
  await db.batch([
    db.prepare("delete from users"),
    db.prepare("delete from webhook_deliveries"),
    db.prepare(insert),
  ]);
}

/** What a poisoned event could have spoilt: the bystander's row, and every place where a value could have leaked to. */
export async function readSideEffects({ db, logLines }: Platform) {
  const ledger = await db.prepare("select * from webhook_deliveries").all();
  const written = `${JSON.stringify(ledger.results)}\n${logLines.join("\n")}`;
  return {
    untouchedUser: await db.prepare("select * from users where id = 'id-1'").first(),
    leaks: written.includes(secret),
  };
}

/** What `readSideEffects` finds where all is well. */
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
  },
  leaks: false,
};
