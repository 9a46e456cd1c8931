import { demoCoursesSql, demoDerivedSql } from "../../scripts/database/demo-courses-sql.ts";
import { readDemoCourses } from "../../scripts/database/read-demo-courses.ts";
import { type Platform, startPlatform } from "../../tests/support/platform.ts";

const email = "grace@example.com";

/** A site with the demo courses and a user who is enrolled in all of them. */
export interface DemoSite extends Platform {
  /** The cookies of a new session. */
  signIn(): Promise<Record<string, string>>;
}

export async function startDemoSite(): Promise<DemoSite> {
  const platform = await startPlatform();
  const { clerk, db, origin } = platform;
  await insertDemoCourses(platform);
  const user = await clerk.createUser({
    firstName: "Grace",
    lastName: "Hopper",
    emailAddresses: [email],
  });
  await clerk.waitForIdle();
  await db
    .prepare(
      "insert into enrollments select users.id, courses.id, 'free', ?, null, null from users, courses",
    )
    .bind(Date.now())
    .run();
  return {
    ...platform,
    async signIn() {
      const { cookies } = await clerk.createSession({ userId: user.id, appOrigin: origin });
      return cookies;
    },
  };
}

async function insertDemoCourses({ db }: Platform): Promise<void> {
  const courses = await readDemoCourses();
  const ids = courses.map(({ slug }) => `demo-${slug}`);
  const statements = [
    ...demoCoursesSql(courses, { now: Date.now(), onlyIfEmpty: false }),
    ...demoDerivedSql(courses, ids),
  ];
  await db.batch(statements.map((statement) => db.prepare(statement)));
}
