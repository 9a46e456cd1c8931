import { insertCourse } from "../courses.ts";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { insertEnrollment, insertPurchase } from "../purchases.ts";

const outline = [
  ["preview", "public"],
  ["public", "public", "public"],
] as const;

const library = {
  drawing: {
    title: "Drawing what you see",
    slug: "drawing",
    cover: "leaves",
    summary: "Lines, edges and the spaces between them, with a pencil and ten minutes a day.",
    status: "draft",
  },
  sound: {
    title: "Sound and silence",
    slug: "sound",
    cover: "arcs",
    summary: "What a wave is, why a room sings, and how to hear both.",
    priceMinor: 2_400,
  },
  numbers: {
    title: "Numbers that persuade",
    slug: "numbers",
    cover: "grid",
    summary: "Averages, samples and charts, read with a raised eyebrow.",
  },
  type: {
    title: "Type for people who write",
    slug: "type",
    cover: "prism",
    summary: "Measure, rhythm and the few decisions that make a page easy to read.",
    priceMinor: 2_900,
  },
  maps: {
    title: "Reading a map",
    slug: "maps",
    cover: "contours",
    summary:
      "From contour lines to the hill in front of you: find out where you are, and stay there.",
  },
} as const;

const lessonTitles = [
  "What a map leaves out",
  "North, and the other norths",
  "Contour lines",
  "Slopes you can walk",
  "Finding yourself",
];

const lessonText = `A contour line joins points of the same height. Walk along one and you neither climb nor descend; cross
several in a few steps and you will be out of breath.

## Reading the spacing

Lines that stand close together are a steep slope, lines far apart a gentle one. Three things are worth a look before you set out:

- the **interval** between two lines, printed at the edge of the sheet;
- which side is *up*, told by the numbers, which are written facing uphill;
- where the lines bend: towards a summit they bend around a ridge, away from it around a valley.

| Spacing on a 1:25 000 sheet | Slope | On foot |
| --- | ---: | --- |
| 4 mm | 6° | hardly noticed |
| 2 mm | 11° | warm |
| 0.5 mm | 39° | hands needed |

> The map is right more often than you are. When the two disagree, look again before you decide.
`;

/** Courses with rendered texts. Grace has progress in one, has bought one and has ordered one. */
export async function createCourses(
  { db, scheduled }: Platform,
  graceEmail: string,
): Promise<void> {
  const ids = new Map<string, string>();
  for (const [name, options] of Object.entries(library)) {
    const { id } = await insertCourse({ db }, { ...options, sections: outline });
    ids.set(name, id);
  }
  await writeMapLessons(db);
  await scheduled(crons.frequent);
  const userId = await db
    .prepare("select id from users where email = ?")
    .bind(graceEmail)
    .first<string>("id");
  const courseId = (name: keyof typeof library) => ids.get(name) ?? "";
  if (!userId) throw new Error("Grace has no row");
  const day = 86_400_000;
  for (const [name, at] of [
    ["type", 3],
    ["numbers", 2],
    ["maps", 1],
  ] as const) {
    await insertEnrollment({ db }, { userId, courseId: courseId(name), at: Date.now() - at * day });
  }
  await db
    .prepare(
      `insert into lesson_completions (user_id, lesson_id, course_id, completed_at)
       select ?, id, course_id, ? from lessons where course_id = ? and slug in ('lesson-1', 'lesson-2')`,
    )
    .bind(userId, Date.now(), courseId("maps"))
    .run();
  const paidAt = Date.UTC(2026, 2, 14);
  const bought = { userId, courseId: courseId("type"), reference: "CP-7K2M9QX4TB" };
  await insertPurchase({ db }, { ...bought, status: "paid", createdAt: paidAt });
  const ordered = { userId, courseId: courseId("sound"), reference: "CP-0H3RV8ZD5N" };
  await insertPurchase({ db }, { ...ordered, priceMinor: 2_400, createdAt: paidAt + 40 * day });
}

export async function finishCourse({ db }: Platform, email: string, slug: string): Promise<void> {
  const people = "from users person join courses course on person.email = ? and course.slug = ?";
  await db.batch([
    db
      .prepare(
        `insert into enrollments (user_id, course_id, source, enrolled_at) select person.id, course.id, 'free', 1 ${people}`,
      )
      .bind(email, slug),
    db
      .prepare(
        `insert into lesson_completions (user_id, lesson_id, course_id, completed_at)
         select person.id, lesson.id, course.id, 2 ${people} join lessons lesson on lesson.course_id = course.id`,
      )
      .bind(email, slug),
  ]);
}

async function writeMapLessons(db: Platform["db"]): Promise<void> {
  const write = db.prepare(
    `update lessons set title = ?, body = ?, video_url = ?, duration_minutes = ? where slug = ?
       and course_id = (select id from courses where slug = 'maps')`,
  );
  await db.batch(
    lessonTitles.map((title, index) => {
      const video = index === 2 ? "https://www.youtube.com/watch?v=CoveredLine" : null;
      return write.bind(title, lessonText, video, 6 + index * 3, `lesson-${index + 1}`);
    }),
  );
}
