import { expect, test } from "vitest";
import { consoleUser, insertManyUsers } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
const ada = await consoleUser(platform, "admin");
await insertManyUsers(platform, 3);

const formulas = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  " =1",
  "＝1",
  'say "hi", twice',
  "two\nlines",
];

test("the export escapes formulas in names and reasons", async () => {
  await platform.db.exec("delete from role_changes");
  for (const [i, reason] of formulas.entries()) {
    await platform.db
      .prepare("insert into role_changes values (?, null, 'person-0000002', 'user', 'admin', ?, ?)")
      .bind(`change-${i}`, reason, i)
      .run();
  }
  await platform.db.prepare("update users set name = '=cmd()' where id = 'person-0000002'").run();
  const response = await ada.visit("/admin/audit.csv");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toContain("attachment");
  const text = await response.text();
  expect(text).toContain('"\'=cmd()"');
  expect(text).toContain('"say ""hi"", twice"');
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell);
  expect(cells).toHaveLength(12 * (formulas.length + 1));
  expect(cells.filter((cell) => /^\s*[=+\-@＝]/.test(cell))).toEqual([]);
});

test("the export contains all changes, or those of one user", async () => {
  await platform.db.exec("delete from role_changes");
  await platform.db.exec(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < 1200)
     insert into role_changes select printf('c-%05d', i), null, printf('person-%07d', i % 3), 'user', 'admin', 'bulk', i / 10 from n`.replaceAll(
      "\n",
      " ",
    ),
  );
  const lines = async (path: string) =>
    (await (await ada.visit(path)).text()).trim().split("\r\n").slice(1);
  const all = await lines("/admin/audit.csv");
  expect(all).toHaveLength(1_201);
  expect(new Set(all).size).toBeGreaterThan(350);
  expect(await lines("/admin/audit.csv?person=person-0000001")).toHaveLength(400);
});
