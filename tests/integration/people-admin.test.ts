import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { changesOf, open, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { waitForPushes } from "../support/metadata-pushes.ts";
import { insertPurchase } from "../support/purchases.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
});

const peopleOf = (id: string) => `/admin/courses/${id}/people`;

const emailOf = (userId: string) =>
  platform.db.prepare("select email from users where id = ?").bind(userId).first<string>("email");

const stateOf = (courseId: string) =>
  platform.db
    .prepare("select source, revoked_because from enrollments where course_id = ? and user_id = ?")
    .bind(courseId, grace.id)
    .first();

test("a learner is added once, by id or by email in any case, and has access immediately", async () => {
  for (const who of [grace.id, ` ${(await emailOf(grace.id))?.toUpperCase()} `]) {
    const course = await insertCourse(platform, { priceMinor: 2_900 });
    const path = peopleOf(course.id);
    const { fields } = await open(ada, path, "enroll");
    expect((await send(ada, path, { ...fields, who })).location).toBe(
      `${path}?enrolled=${grace.id}`,
    );
    expect(await stateOf(course.id)).toEqual({ source: "admin", revoked_because: null });
    expect((await grace.visit(`${course.path}/lessons/lesson-2`)).status).toBe(200);
    const again = await send(ada, path, { ...fields, who }, "enroll");
    expect(again.status).toBe(409);
    expect(again.errors).toEqual({ who: "Ada Lovelace is already in this course." });
    expect(await changesOf(platform, course.id)).toEqual([
      { action: "person-enrolled", detail: "", changed_by: ada.id, user_id: grace.id },
    ]);
    expect((await open(ada, `${path}?enrolled=${grace.id}`)).html).toContain(
      "Ada Lovelace now has access to this course.",
    );
  }
});

test("an error when adding a learner is shown at the field, which keeps its input", async () => {
  const { id } = await insertCourse(platform);
  const email = `${crypto.randomUUID()}@example.com`;
  const twins = await Promise.all(
    [1, 2].map(() =>
      platform.clerk.createUser({ emailAddresses: [`${crypto.randomUUID()}@x.example`] }),
    ),
  );
  await platform.clerk.waitForIdle();
  await waitForPushes(platform);
  const twin = platform.db.prepare("update users set email = ? where clerk_user_id = ?");
  await platform.db.batch(twins.map((user) => twin.bind(email, user.id)));
  for (const [who, status, error] of [
    ["  ", 400, "Enter an email address or ID."],
    ["nobody@example.com", 409, "No user has the email address or ID nobody@example.com."],
    ["%", 409, "No user has the email address or ID %."],
    ["x ".repeat(321), 409, "No user has the email address or ID x."],
    ["x".repeat(321), 400, "Use at most 320 characters for each."],
    [
      Array.from({ length: 101 }, (_, n) => `${n}@x.example`).join("\n"),
      400,
      "Add at most 100 at once.",
    ],
    [email, 409, `Several users have the email address ${email}. Enter one of their IDs: `],
  ] as const) {
    const response = await send(ada, peopleOf(id), { intent: "enroll", who }, "enroll");
    expect([response.status, response.fields.who], who).toEqual([status, who]);
    expect(response.errors.who, who).toContain(error);
  }
  expect(await changesOf(platform, id)).toEqual([]);
});

test("several learners are added at once; the others are named, and adding again is harmless", async () => {
  const { id } = await insertCourse(platform);
  const path = peopleOf(id);
  const banned = await consoleUser(platform, "user");
  await platform.db
    .prepare("update users set banned_at = 1, name = 'Bob' where id = ?")
    .bind(banned.id)
    .run();
  const others = [await consoleUser(platform, "user"), await consoleUser(platform, "user")];
  const emails = await Promise.all(others.map((other) => emailOf(other.id)));
  const who = `${emails.join(",\n")}; ${emails[0]?.toUpperCase()} ${grace.id} nobody@example.com ${banned.id}`;
  const some = await send(ada, path, { intent: "enroll", who }, "enroll");
  expect([some.status, some.fields.who]).toEqual([409, who]);
  expect(some.errors.who).toBe(
    "No user has the email address or ID nobody@example.com. Bob is banned. Unban them in Clerk first.",
  );
  expect(some.html).toContain("3 learners were added. Some were not: see below.");
  const changes = await changesOf(platform, id);
  expect(changes.map(({ user_id }) => user_id).sort()).toEqual(
    [grace.id, ...others.map((other) => other.id)].sort(),
  );
  expect((await others[0]?.visit("/dashboard"))?.status).toBe(200);
  const again = await send(ada, path, { intent: "enroll", who: `${grace.id} ${emails[1]}` });
  expect(again.location).toBe(`${path}?added=0&already=2`);
  expect((await open(ada, `${path}?added=2&already=1`)).html).toContain(
    "2 learners were added. 1 already had access.",
  );
  expect(await changesOf(platform, id)).toEqual(changes);
});

test("the list and its export show progress and last activity, also of revoked learners", async () => {
  const course = await insertCourse(platform, { sections: [["public", "public", "private"]] });
  const path = peopleOf(course.id);
  const learner = await consoleUser(platform, "user");
  await send(ada, path, { intent: "enroll", who: learner.id });
  await learner.post(`${course.path}/lessons/lesson-1`, { intent: "mark-done" });
  const html = (await open(ada, path)).html;
  expect(html).toContain("1 of 2 lessons");
  await platform.db
    .prepare("update users set name = '=HYPERLINK(1)' where id = ?")
    .bind(learner.id)
    .run();
  await send(ada, path, { intent: "revoke", userId: learner.id });
  const response = await ada.visit(`${path}.csv`);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toContain(`${course.slug}-learners.csv`);
  const [header, line, end] = (await response.text()).split("\r\n");
  expect(header).toContain('"lessons_done","lessons","last_activity"');
  expect(line).toMatch(
    /^"'=HYPERLINK\(1\)","[^"]+","[^"]+","revoked","20[^"]+Z","admin","20[^"]+Z","1","2","20[^"]+Z"$/,
  );
  expect(end).toBe("");
  expect((await ada.visit("/admin/courses/nowhere/people.csv")).status).toBe(404);
});

test("access is revoked once and can be granted again", async () => {
  const course = await insertCourse(platform);
  const path = peopleOf(course.id);
  await send(ada, path, { intent: "enroll", who: grace.id });
  const revoke = () => send(ada, path, { intent: "revoke", userId: grace.id });
  const responses = await Promise.all([revoke(), revoke()]);
  for (const { location } of responses) expect(location).toBe(`${path}?revoked=${grace.id}`);
  expect(await stateOf(course.id)).toEqual({ source: "admin", revoked_because: "admin" });
  const page = await open(ada, `${path}?revoked=${grace.id}`);
  expect(page.html).toContain("Ada Lovelace no longer has access to this course");
  expect(page.html).toContain("Enroll again");
  expect((await send(ada, path, { intent: "enroll-again", who: grace.id })).status).toBe(302);
  expect(await stateOf(course.id)).toEqual({ source: "admin", revoked_because: null });
  expect((await changesOf(platform, course.id)).map(({ action }) => action)).toEqual([
    "person-enrolled",
    "person-revoked",
    "person-enrolled",
  ]);
});

test("the learners of a course are listed with paging; deleted users have no button", async () => {
  const { id } = await insertCourse(platform);
  await platform.db.exec(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) insert into users (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at, deleted_at) select 'p-' || i, 'c-' || i, null, 'Person ' || i, 'user', 1, 0, 1, 1, iif(i = 60, 1, null) from n`,
  );
  await platform.db
    .prepare(
      "insert into enrollments select id, ?, 'free', rowid, iif(id = 'p-60', 2, null), iif(id = 'p-60', 'admin', null) from users where id like 'p-%'",
    )
    .bind(id)
    .run();
  const seen: string[] = [];
  for (let path: string | null = peopleOf(id); path; ) {
    const { html } = await open(ada, path);
    seen.push(...readList(html).ids);
    if (path === peopleOf(id)) expect(html).not.toContain("Enroll again: Person 60");
    path = readList(html).next;
  }
  expect(seen).toHaveLength(60);
  expect(seen[0]).toBe("p-60");
});

test("a learner cannot be added to an unknown course", async () => {
  const fields = { intent: "enroll", who: grace.id };
  expect((await send(ada, peopleOf("nowhere"), fields)).status).toBe(404);
});

test("non-admins get 403 for every page and form", async () => {
  const { id, lessons } = await insertCourse(platform);
  const course = `/admin/courses/${id}`;
  const lesson = `${course}/lessons/${lessons[0]?.id}`;
  for (const path of [
    "/admin/courses",
    "/admin/courses/new",
    course,
    `${course}/outline`,
    lesson,
    peopleOf(id),
    `${peopleOf(id)}.csv`,
    "/admin/purchases",
    "/admin/purchases.csv",
  ]) {
    expect((await grace.visit(path)).status, path).toBe(403);
  }
  const purchaseId = await insertPurchase(platform, { userId: grace.id, courseId: id });
  const version = "1";
  const forms: [path: string, fields: Record<string, string>][] = [
    ["/admin/courses/new", { id: crypto.randomUUID(), title: "Mine" }],
    [`${course}?index`, { version, status: "archived" }],
    [`${course}/outline`, { intent: "add-section", id: "mine", title: "Mine" }],
    [lesson, { intent: "remove" }],
    [peopleOf(id), { intent: "enroll", who: grace.id }],
    ["/admin/purchases", { purchaseId, settlement: "paid" }],
    ["/admin/markdown-preview", { text: "# Mine" }],
  ];
  for (const [path, fields] of forms) {
    expect((await grace.post(path, fields)).status, path).toBe(403);
  }
  expect(await changesOf(platform, id)).toEqual([]);
});
