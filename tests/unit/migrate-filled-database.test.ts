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
  const rows = () => db.prepare("select * from course_changes order by id").all();
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
