import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { expect, test } from "vitest";
import { bindingsWorker, createBindings, type Database } from "../support/bindings/client.ts";
import { findLosses, takeSnapshot } from "../support/migrations/compare-rows.ts";
import { fillTables } from "../support/migrations/fill-tables.ts";
import {
  applyMigrations,
  readMigrations,
  splitStatements,
} from "../support/migrations/migrations.ts";

const migrations = await readMigrations();

async function withDatabase(run: (db: Database) => Promise<void>): Promise<void> {
  const worker = await bindingsWorker({ d1Databases: ["DB"] });
  const miniflare = new Miniflare(convertV4MiniflareOptions({ workers: [worker], cf: false }));
  try {
    await run(createBindings(await miniflare.unsafeGetDirectURL("bindings")).db);
  } finally {
    await miniflare.dispose();
  }
}

async function expectFilled(db: Database, count: number): Promise<void> {
  const { tables, rows } = await takeSnapshot(db);
  for (const { name } of tables) {
    // Constraints allow one Clerk instance.
    const expected = name === "clerk_instance" ? 1 : Math.floor(count / 2);
    expect(rows.get(name)?.length, name).toBeGreaterThanOrEqual(expected);
  }
}

/** Every migration, so that a table that it rebuilds is full. */
test.each(migrations.slice(0, -1).map(({ name }, index) => [name, index + 1] as const))(
  "rows and relations filled in after %s survive all later migrations",
  (_, version) =>
    withDatabase(async (db) => {
      const count = version === 1 ? 10_000 : 100;
      await applyMigrations(db, migrations.slice(0, version));
      await fillTables(db, count);
      await expectFilled(db, count);
      const before = await takeSnapshot(db);
      await applyMigrations(db, migrations.slice(version));
      expect(await findLosses(db, before)).toEqual([]);
      const unrendered = `select id from courses union all select id from lessons
        except select text_id from rendered_texts`;
      expect((await db.prepare(unrendered).all()).results).toEqual([]);
    }),
);

/** What drizzle-kit generates for a changed CHECK. */
const generatedRebuild = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_lessons\` (
  \`id\` text PRIMARY KEY NOT NULL, \`course_id\` text NOT NULL, \`section_id\` text NOT NULL,
  \`slug\` text NOT NULL, \`title\` text NOT NULL, \`body\` text NOT NULL, \`video_url\` text,
  \`duration_minutes\` integer NOT NULL, \`status\` text DEFAULT 'private' NOT NULL,
  \`position\` integer NOT NULL, \`version\` integer DEFAULT 1 NOT NULL,
  \`created_at\` integer NOT NULL, \`updated_at\` integer NOT NULL,
  FOREIGN KEY (\`course_id\`) REFERENCES \`courses\`(\`id\`),
  FOREIGN KEY (\`section_id\`) REFERENCES \`sections\`(\`id\`),
  CONSTRAINT "lessons_duration_positive" CHECK("__new_lessons"."duration_minutes" > 0)
);
--> statement-breakpoint
INSERT INTO \`__new_lessons\` SELECT * FROM \`lessons\`;--> statement-breakpoint
DROP TABLE \`lessons\`;--> statement-breakpoint
ALTER TABLE \`__new_lessons\` RENAME TO \`lessons\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;

/** The same, as docs/operations.md describes it. */
const safeRebuild = [
  "CREATE TABLE `saved_completions` AS SELECT * FROM `lesson_completions`;",
  generatedRebuild.replace("foreign_keys=OFF", "defer_foreign_keys=ON"),
  "INSERT INTO `lesson_completions` SELECT * FROM `saved_completions`;",
  "DROP TABLE `saved_completions`;",
].join("--> statement-breakpoint\n");

test.each([
  [
    "a generated rebuild of lessons deletes completions, and their figures",
    generatedRebuild,
    [/^figures: /, /^lesson_completions: /],
  ],
  ["a rebuild that saves the completions keeps them", safeRebuild, []],
])("%s", (_, rebuild, expected) =>
  withDatabase(async (db) => {
    await applyMigrations(db, migrations);
    await fillTables(db, 100);
    const before = await takeSnapshot(db);
    await applyMigrations(db, [{ statements: splitStatements(rebuild) }]);
    const losses = (await findLosses(db, before)).sort();
    expect(losses).toEqual(expected.map((loss) => expect.stringMatching(loss)));
  }),
);
