import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";

const migrations = readdirSync("migrations")
  .filter((name) => name.endsWith(".sql"))
  .sort();

function apply(db: DatabaseSync, names: readonly string[]): void {
  for (const name of names) db.exec(readFileSync(`migrations/${name}`, "utf8"));
}

test("rebuilding course_changes keeps every row and relation", () => {
  const db = new DatabaseSync(":memory:");
  db.exec("pragma foreign_keys = on");
  const before = migrations.filter((name) => name < "0008");
  apply(db, before);
  db.exec(`
    insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at)
      values ('u1', 'user_1', 'Ada', 1, 1, 1), ('u2', 'user_2', 'Grace', 1, 1, 1);
    insert into courses (id, slug, title, summary, description, cover, price_minor, currency, created_at, updated_at)
      values ('c1', 'sql', 'SQL', 's', 'd', 'waves', 2900, 'EUR', 1, 1);
    insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
      values ('p1', 'u2', 'c1', 2900, 'EUR', '{}', 'paid', 'pay-later', 'CP-1', 1);
    insert into course_changes (id, changed_by, course_id, user_id, action, detail, created_at)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
      select 'change-' || i, 'u1', 'c1', iif(i % 2, 'u2', null), 'purchase-paid', 'CP-' || i, i from n`);
  const rows = () =>
    db
      .prepare(
        "select id, changed_by, course_id, user_id, action, detail, created_at from course_changes order by id",
      )
      .all();
  const kept = rows();
  apply(db, migrations.slice(before.length));
  expect(rows()).toEqual(kept);
  expect(db.prepare("pragma foreign_key_check").all()).toEqual([]);
  db.exec(`insert into course_changes (id, changed_by, course_id, user_id, action, detail, created_at)
    values ('by-stripe', null, 'c1', 'u2', 'purchase-paid', '', 1)`);
  const wrong = "update course_changes set action = 'unknown' where id = 'by-stripe'";
  expect(() => db.exec(wrong)).toThrow("course_changes_action_known");
  const plan =
    "explain query plan select id from course_changes order by (1000000000000000 + created_at) || id limit 1";
  expect(JSON.stringify(db.prepare(plan).all())).toContain("course_changes_by_newest");
});

test("purchases that need attention already are found", () => {
  const db = new DatabaseSync(":memory:");
  const before = migrations.filter((name) => name < "0015");
  apply(db, before);
  db.exec(`
    insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at) values ('u1', 'user_1', 'Ada', 1, 1, 1);
    insert into courses (id, slug, title, summary, description, cover, price_minor, currency, created_at, updated_at)
      values ('c1', 'sql', 'SQL', 's', 'd', 'waves', 2900, 'EUR', 1, 1)`);
  const insert = (id: string, status: string, flag: string | null) =>
    db.exec(`
      insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
        values ('${id}', 'u1', 'c1', 2900, 'EUR', '{}', '${status}', 'stripe', 'CP-${id}', 1);
      insert into payments (purchase_id, livemode, state, expires_at, payment_intent_id, flag, checked_at)
        values ('${id}', 0, 'paid', 1, 'pi_${id}', ${flag === null ? "null" : `'${flag}'`}, 1)`);
  const refund = (id: string, status: string) =>
    db.exec(`insert into refunds (id, purchase_id, payment_intent_id, stripe_refund_id, amount_minor, currency, status, created_at, updated_at, checked_at)
      values ('re_${id}', '${id}', 'pi_${id}', 're_${id}', 2900, 'EUR', '${status}', 1, 1, 1)`);
  insert("quiet", "paid", null);
  insert("mismatch", "pending", "amount-mismatch");
  insert("accepted", "paid", "amount-mismatch");
  insert("canceled", "cancelled", "amount-mismatch");
  insert("sent-back", "cancelled", "amount-mismatch");
  refund("sent-back", "succeeded");
  insert("deleted", "paid", "deleted-user");
  insert("deleted-refunded", "refunded", "deleted-user");
  insert("twice", "refunded", "second-payment");
  insert("twice-refunded", "refunded", "second-payment");
  refund("twice-refunded", "succeeded");
  insert("failed", "refunded", null);
  refund("failed", "failed");
  insert("disputed", "paid", null);
  db.exec(`insert into disputes (id, purchase_id, payment_intent_id, amount_minor, currency, reason, status, created_at, updated_at)
    values ('du_1', 'disputed', 'pi_disputed', 2900, 'EUR', 'fraudulent', 'open', 1, 1)`);
  apply(db, migrations.slice(before.length));
  const found = db.prepare("select id, attention from purchases where attention > 0 order by id");
  expect(found.all().map(({ id, attention }) => `${id} ${attention}`)).toEqual([
    ...["canceled 2", "deleted 2", "disputed 1", "failed 2", "mismatch 2", "twice 2"],
  ]);
  const list =
    "select id from purchases where attention > 0 order by attention || (1000000000000000 + created_at) || id desc";
  const plan = JSON.stringify(db.prepare(`explain query plan ${list}`).all());
  expect(plan).toContain("purchases_needing_attention");
  expect(plan).not.toContain("TEMP B-TREE");
});

test("what was received is counted again, with second payments and other amounts", () => {
  const db = new DatabaseSync(":memory:");
  const before = migrations.filter((name) => name < "0017");
  apply(db, before);
  db.exec(`
    insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at) values ('u1', 'user_1', 'Ada', 1, 1, 1);
    insert into courses (id, slug, title, summary, description, cover, price_minor, currency, created_at, updated_at)
      values ('c1', 'sql', 'SQL', 's', 'd', 'waves', 2900, 'EUR', 1, 1)`);
  const day = 86_400_000;
  const order = (id: string, status: string, at: number) =>
    db.exec(`insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
      values ('${id}', 'u1', 'c1', 2900, 'EUR', '{}', '${status}', 'stripe', 'CP-${id}', ${at})`);
  const payment = (id: string, state: string, columns: Record<string, string | number> = {}) => {
    const all = { session_id: `'cs_${id}'`, payment_intent_id: `'pi_${id}'`, ...columns };
    db.exec(`insert into payments (purchase_id, livemode, state, expires_at, checked_at, ${Object.keys(all)})
      values ('${id}', 0, '${state}', 1, 1, ${Object.values(all)})`);
  };
  order("later", "paid", 1);
  order("plain", "paid", 1);
  payment("plain", "paid");
  order("accepted", "refunded", 1);
  payment("accepted", "paid", { paid_minor: 2_400 });
  order("mismatch", "pending", 1);
  payment("mismatch", "open", { paid_minor: 1_900, flag: "'amount-mismatch'" });
  order("by-hand", "paid", 1);
  payment("by-hand", "processing");
  order("both", "paid", day);
  payment("both", "paid", { paid_minor: 2_900, is_paid_outside: 1 });
  order("twice", "paid", day);
  payment("twice", "paid", { paid_minor: 2_900 });
  const change =
    db.prepare(`insert into payment_changes (id, purchase_id, course_id, user_id, action, amount_minor, currency, detail, created_at)
    values (?1, ?1, 'c1', 'u1', 'second-payment', 3100, 'USD', ?2, 1)`);
  change.run("twice", "cs_second");
  change.run("both", "cs_both");
  apply(db, migrations.slice(before.length));
  const received = db.prepare("select id, amount_minor from received_payments order by id");
  expect(received.all().map(({ id, amount_minor }) => `${id} ${amount_minor}`)).toEqual([
    ...["cs_second 3100", "pi_accepted 2400", "pi_both 2900"],
    ...["pi_mismatch 1900", "pi_plain 2900", "pi_twice 2900"],
  ]);
  const figures = db.prepare(
    "select period, key, count, amount from figures where figure = 'received' order by 1, 2",
  );
  expect(figures.all()).toEqual([
    { period: 0, key: "EUR", count: 5, amount: 2_900 * 3 + 2_400 + 1_900 },
    { period: 1, key: "EUR", count: 3, amount: 2_900 * 3 },
    { period: 1, key: "USD", count: 1, amount: 3_100 },
  ]);
});
