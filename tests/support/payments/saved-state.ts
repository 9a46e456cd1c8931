import type { Platform } from "../platform.ts";
import { paymentTables } from "./reconcile-all.ts";

/** Remembers all orders, payments and events, here and at Stripe. Requires `logMoney`. */
export async function savePayments({ db, stripe }: Platform): Promise<void> {
  const statements = [...paymentTables, "money_log"].flatMap((table) => [
    `drop table if exists saved_${table}`,
    `create table saved_${table} as select * from ${table} order by rowid`,
  ]);
  await db.batch(statements.map((sql) => db.prepare(sql)));
  await stripe.save();
}

/** Returns to the saved state, with webhooks held. */
export async function restorePayments({ db, stripe }: Platform): Promise<void> {
  await stripe.hold();
  await stripe.restore();
  const insert = (table: string) => `insert into ${table} select * from saved_${table}`;
  const statements = [
    ...paymentTables.map((table) => `delete from ${table}`),
    ...paymentTables.toReversed().map(insert),
    // The inserted rows are in the log, too.
    "delete from money_log",
    insert("money_log"),
  ];
  await db.batch(statements.map((sql) => db.prepare(sql)));
}
