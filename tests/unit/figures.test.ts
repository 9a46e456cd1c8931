import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { seededRandom } from "../local-service/chaos/seeded-random.ts";

const migrations = readdirSync("migrations")
  .filter((name) => name.endsWith(".sql"))
  .sort();
const addsFigures = "0011_figures.sql";

function createDatabase(names: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.exec("pragma foreign_keys = on");
  apply(db, names);
  return db;
}

function apply(db: DatabaseSync, names: readonly string[]): void {
  for (const name of names) db.exec(readFileSync(`migrations/${name}`, "utf8"));
}

/** What the figures must be, counted from the rows. */
const counted = `
  select 'users' figure, created_at / 86400000 period, iif(deleted_at is null, 'present', 'deleted') key, count(*) count, 0 amount
    from users group by 2, 3
  union all select 'enrollments', enrolled_at / 86400000, '', count(*), 0
    from enrollments where revoked_at is null group by 2
  union all select 'course-enrollments', cast(strftime('%Y%m', enrolled_at / 1000, 'unixepoch') as integer), course_id, count(*), 0
    from enrollments where revoked_at is null group by 2, 3
  union all select 'completions', completed_at / 86400000, '', count(*), 0 from lesson_completions group by 2
  union all select 'active-learners', active_on, '', count(*), 0 from learner_activity group by 2
  union all select 'orders', created_at / 86400000, currency || ' ' || status, count(*), sum(price_minor) from purchases group by 2, 3
  union all select 'received', created_at / 86400000, currency, count(*), sum(amount) from (
      select created_at, received.currency, amount_minor amount from received_payments received join purchases on purchases.id = purchase_id
      union all select created_at, currency, price_minor from purchases where status in ('paid', 'refunded')
        and (not exists (select 1 from received_payments where purchase_id = purchases.id)
          or exists (select 1 from payments where purchase_id = purchases.id and is_paid_outside))) group by 2, 3
  union all select 'refunds', purchase.created_at / 86400000, refund.currency, count(*), sum(amount_minor)
    from refunds refund join purchases purchase on purchase.id = purchase_id
    where refund.status = 'succeeded' or (refund.status = 'pending' and stripe_refund_id is not null) group by 2, 3
  union all select 'lost-disputes', purchase.created_at / 86400000, dispute.currency, count(*), sum(amount_minor)
    from disputes dispute join purchases purchase on purchase.id = purchase_id where dispute.status = 'lost' group by 2, 3
  union all select 'deliveries', last_received_at / 3600000, outcome, count(*), sum(attempts - 1)
    from webhook_deliveries group by 2, 3
  order by 1, 2, 3`;
const kept = "select * from figures where count <> 0 or amount <> 0 order by 1, 2, 3";

const expectRight = (db: DatabaseSync) =>
  expect(db.prepare(kept).all()).toEqual(db.prepare(counted).all());

/** Changes as the site makes them, at random, over a hundred days. */
function changeAtRandom(db: DatabaseSync, random: () => number, hasReceived = true): void {
  const n = (below: number) => Math.floor(random() * below);
  const at = () => 1_790_000_000_000 + n(100 * 24) * 3_600_000;
  const user = `'u${n(6)}'`;
  const course = `'c${n(3)}'`;
  const currency = ["'EUR'", "'JPY'"][n(2)];
  const changes = [
    `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at)
      values (${user}, 'clerk ' || ${user}, 'Ada', 1, ${at()}, 1) on conflict do update set name = 'Eve'`,
    `update users set deleted_at = iif(deleted_at is null, ${at()}, deleted_at) where id = ${user}`,
    `insert into enrollments select ${user}, ${course}, 'free', ${at()}, null, null from users where id = ${user}
      on conflict do update set enrolled_at = excluded.enrolled_at, revoked_at = null, revoked_because = null`,
    `update enrollments set revoked_at = ${at()}, revoked_because = 'admin' where user_id = ${user}`,
    `insert or ignore into lesson_completions select ${user}, lesson.id, course_id, ${at()}
      from lessons lesson join users on users.id = ${user} where lesson.id in ('l${n(9)}', 'l${n(9)}')`,
    `insert into lesson_completions select ${user}, id, course_id, ${at()} from lessons
      where exists (select 1 from users where id = ${user}) on conflict do nothing`,
    `delete from lesson_completions where user_id = ${user} and lesson_id = 'l${n(9)}'`,
    `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
      select hex(randomblob(8)), id, ${course}, ${1 + n(5_000)}, ${currency}, '{}', '${["pending", "paid"][n(2)]}', 'pay-later', hex(randomblob(8)), ${at()}
      from users where id = ${user} on conflict do nothing`,
    `update purchases set status = 'paid', paid_at = ${at()} where user_id = ${user} and status = 'pending'`,
    `update purchases set status = 'refunded' where user_id = ${user} and status = 'paid'`,
    `update purchases set status = 'cancelled' where user_id = ${user} and status = 'pending'`,
    ...(hasReceived ? moneyAtStripe(n, user) : []),
    `insert into refunds (id, purchase_id, amount_minor, currency, status, created_at, updated_at, checked_at)
      select 'r${n(30)}', iif(${n(2)}, id, null), 1 + price_minor / 2, currency, 'pending', 1, 1, 1
      from purchases where user_id = ${user} limit 1 on conflict do nothing`,
    `update refunds set stripe_refund_id = 're ' || id where id = 'r${n(30)}'`,
    `update refunds set status = '${["succeeded", "failed", "pending"][n(3)]}' where id = 'r${n(30)}'`,
    `update refunds set purchase_id = (select id from purchases where currency = refunds.currency limit 1) where id = 'r${n(30)}'`,
    `insert into disputes (id, purchase_id, payment_intent_id, amount_minor, currency, reason, status, created_at, updated_at)
      select 'd${n(9)}', id, 'pi', price_minor, currency, 'fraudulent', 'open', 1, 1 from purchases where user_id = ${user} limit 1
      on conflict do update set status = '${["lost", "won", "open"][n(3)]}'`,
    `insert into webhook_deliveries (svix_id, type, outcome, first_received_at, last_received_at)
      values ('m${n(9)}', 'user.updated', 'applied', 1, ${at()})
      on conflict do update set attempts = attempts + 1, last_received_at = excluded.last_received_at`,
  ];
  db.exec(changes[n(changes.length)] ?? "");
}

/** Stripe's money, of another amount or currency too, and money that an admin has recorded. */
const moneyAtStripe = (n: (below: number) => number, user: string) => {
  const some = `(select id from purchases where user_id = ${user} and rowid % 2 = ${n(2)})`;
  return [
    `insert into received_payments select 'pi ' || ${n(3)} || id, id, ${1 + n(5_000)}, '${["EUR", "JPY"][n(2)]}', 1
      from purchases where id in ${some}
      on conflict do update set amount_minor = excluded.amount_minor, currency = excluded.currency`,
    `update received_payments set id = id || ' again' where purchase_id in ${some}`,
    `delete from received_payments where purchase_id in ${some} and rowid % 2 = ${n(2)}`,
    `insert into payments (purchase_id, livemode, expires_at, checked_at, is_paid_outside)
      select id, 0, 1, 1, ${n(2)} from purchases where id in ${some}
      on conflict do update set is_paid_outside = excluded.is_paid_outside`,
    `delete from payments where purchase_id in ${some}`,
  ];
};

const addCourses = `
  insert into courses (id, slug, title, summary, description, cover, price_minor, currency, created_at, updated_at)
    select 'c' || value, value, 'SQL', 's', 'd', 'waves', 2900, 'EUR', 1, 1 from json_each('[0, 1, 2]');
  insert into sections select 's' || value, 'c' || value, 'S', 0 from json_each('[0, 1, 2]');
  insert into lessons (id, course_id, section_id, slug, title, body, duration_minutes, position, created_at, updated_at)
    select 'l' || value, 'c' || (value % 3), 's' || (value % 3), value, 'L', 'b', 5, value, 1, 1
    from json_each('[0, 1, 2, 3, 4, 5, 6, 7, 8]');`;

function createRandom(seed: number): () => number {
  let index = 0;
  return () => seededRandom(seed, "change", index++);
}

test.each([1, 2, 3])(
  "the figures equal a count of the rows after random changes (seed %i)",
  (seed) => {
    const db = createDatabase(migrations);
    db.exec(addCourses);
    const random = createRandom(seed);
    for (let change = 0; change < 1_500; change++) {
      changeAtRandom(db, random);
      if (change % 50 === 0) expectRight(db);
    }
    db.exec("delete from lessons where id = 'l1'");
    expectRight(db);
    for (const table of [
      "lesson_completions",
      "learner_activity",
      "enrollments",
      "refunds",
      "disputes",
      "received_payments",
      "payments",
      "purchases",
    ]) {
      db.exec(`delete from ${table}`);
      expectRight(db);
    }
  },
);

test("the migration counts the rows that exist", () => {
  const db = createDatabase(migrations.filter((name) => name < addsFigures));
  db.exec(addCourses);
  const random = createRandom(4);
  for (let change = 0; change < 400; change++) changeAtRandom(db, random, false);
  apply(
    db,
    migrations.filter((name) => name >= addsFigures),
  );
  expect(db.prepare(kept).all().length).toBeGreaterThan(30);
  expectRight(db);
});

test("a learner is active on their last day only", () => {
  const db = createDatabase(migrations);
  db.exec(addCourses);
  db.exec(`insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at) values ('u', 'c', 'Ada', 1, 1, 1);
    insert into lesson_completions select 'u', id, course_id, substr(id, 2) * 86400000 from lessons where id <> 'l3';
    insert into lesson_completions select 'u', id, course_id, substr(id, 2) * 86400000 from lessons where id = 'l3'`);
  const days = "select period, count from figures where figure = 'active-learners' and count > 0";
  expect(db.prepare(days).all()).toEqual([{ period: 8, count: 1 }]);
});
