import { referenceWords } from "../../../app/db/search/words.ts";
import { insertCourse } from "../courses.ts";
import type { Platform } from "../platform.ts";
import { insertWords } from "../search-words.ts";

const texts = `## What a join does

A join puts rows of **two tables** beside each other, *where a condition holds*.

\`\`\`sql
select person.name, course.title
from enrollments join people person on person.id = enrollments.person_id join courses course on course.id = enrollments.course_id;
\`\`\`

| kind | keeps |
| --- | --- |
| inner | what has a partner |
| left | all of the left table |

- Begin with the table you ask about.
- Read [the manual](https://www.sqlite.org/lang_select.html).`;

const longNamed = {
  name: "Maximiliana Featherstonehaugh-Cholmondeley",
  email: "maximiliana.featherstonehaugh@mathematics.example.org",
};

/** A course with learners and purchases for the console. */
export async function insertConsoleRows({ db }: Platform): Promise<void> {
  const sql = await insertCourse(
    { db },
    {
      slug: "joins-by-example",
      title: "Joins by example",
      status: "draft",
      priceMinor: 2_900,
      sections: [["preview", "public", "private"], ["public", "public"], []],
    },
  );
  await insertCourse({ db }, { slug: "old-proofs", title: "Old proofs", status: "archived" });
  const titles = [
    "What a join does",
    "Inner and outer",
    "A table with itself",
    "Which index helps",
    "Reading a query plan",
  ];
  const now = 1_760_000_000_000;
  const order = db.prepare(
    `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
     select ?, id, ?, 2900, 'EUR', ?, ?, 'pay-later', ?, ? from users where email = ?`,
  );
  const snapshot = JSON.stringify({
    slug: "joins-by-example",
    title: "Joins by example",
    summary: "What it is about",
    cover: "waves",
    lessons: 4,
  });
  const enrollment = db.prepare(
    `insert into enrollments (user_id, course_id, source, enrolled_at, revoked_at, revoked_because)
     select id, ?, ?, ?, ?, ? from users where email = ?`,
  );
  const user = db.prepare(
    `insert into users (id, clerk_user_id, email, name, clerk_updated_at, metadata_pending, created_at, updated_at)
     values ('long-named', 'user_long_named', ?, ?, 1, 0, ?, ?)`,
  );
  const change = db.prepare(
    `insert into course_changes (id, changed_by, course_id, user_id, action, detail, created_at)
     select ?, actor.id, ?, 'long-named', ?, ?, ? from users actor where email = 'ada@example.com'`,
  );
  const words = (id: string, reference: string) =>
    insertWords(
      db,
      "purchase",
      id,
      referenceWords(reference).map((word) => ({ word, source: "reference" })),
    );
  await db.batch([
    user.bind(longNamed.email, longNamed.name, now, now),
    change.bind("change-1", sql.id, "person-enrolled", "", now - 3),
    change.bind("change-2", sql.id, "purchase-cancelled", "CP-4STUV5WXYZ", now - 2),
    ...["First steps", "Getting quick", "Later"].map((title, index) =>
      db.prepare("update sections set title = ? where id = ?").bind(title, `${sql.id}-s${index}`),
    ),
    ...sql.lessons.map(({ id }, index) =>
      db
        .prepare("update lessons set title = ?, body = ? where id = ?")
        .bind(titles[index], texts, id),
    ),
    order.bind("order-1", sql.id, snapshot, "pending", "CP-0J7K2M4N6P", now, "grace@example.com"),
    order.bind("order-2", sql.id, snapshot, "paid", "CP-9QRS8TVWXY", now - 1, "ada@example.com"),
    order.bind(
      "order-3",
      sql.id,
      snapshot,
      "refunded",
      "CP-2345ABCDEF",
      now - 2,
      "grace@example.com",
    ),
    order.bind("order-4", sql.id, snapshot, "pending", "CP-4STUV5WXYZ", now - 3, longNamed.email),
    enrollment.bind(sql.id, "admin", now - 2, null, null, longNamed.email),
    words("order-1", "CP-0J7K2M4N6P"),
    words("order-2", "CP-9QRS8TVWXY"),
    words("order-3", "CP-2345ABCDEF"),
    words("order-4", "CP-4STUV5WXYZ"),
    enrollment.bind(sql.id, "admin", now, null, null, "ada@example.com"),
    enrollment.bind(sql.id, "purchase", now - 1, now, "refund", "grace@example.com"),
  ]);
}
