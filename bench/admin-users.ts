import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import * as z from "zod";
import { maxRowsRead } from "../app/db/search/search-limits.ts";
import { readList } from "../tests/support/admin-console.ts";
import { coursesOf, purchasesOf, type Site, startSite, type Visit } from "./admin/site.ts";

/** `npm run bench:admin`: compares the admin pages with few and with many users. */
const { values } = parseArgs({
  options: {
    users: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "60" },
  },
});
const count = z.coerce.number().int().positive();
const [few, many, rounds] = [1_000, count.parse(values.users), count.parse(values.rounds)];
const goal = 1.5;

/** Finds the path to measure; paths of later pages depend on the site's data. */
type PagePath = (site: Site) => Promise<string>;
const fixed =
  (path: string): PagePath =>
  () =>
    Promise.resolve(path);
/** The page reached by following "Next" the given number of times. */
const afterPages =
  (path: string, pages: number): PagePath =>
  async (site) => {
    let next: string | null = path;
    for (let page = 0; page < pages && next; page++) next = readList(await site.read(next)).next;
    return next ?? path;
  };

const measuredPages: readonly (readonly [label: string, findPath: PagePath])[] = [
  ["Users, newest first", fixed("/admin/users")],
  ["Users, page 21", afterPages("/admin/users", 20)],
  ["Users by name", fixed("/admin/users?sort=name")],
  ["Users by email, page 21", afterPages("/admin/users?sort=email", 20)],
  ["Admins by name", fixed("/admin/users?role=admin&sort=name")],
  ["Deleted users by email", fixed("/admin/users?state=deleted&sort=email")],
  ["Pending users", fixed("/admin/users?state=pending")],
  ["User search: one name", fixed("/admin/users?q=person+0000500")],
  ["User search: one email", fixed("/admin/users?q=PERSON-0000500%40example.com")],
  ["User search: too many", fixed("/admin/users?q=person")],
  ["User search: hundreds", fixed("/admin/users?q=00005")],
  ["User search: hundreds, filtered", fixed("/admin/users?q=00005+person&role=user")],
  ["User search: by id", fixed("/admin/users?q=user_person_0000500")],
  ["User search: nobody", fixed(`/admin/users?q=${"x".repeat(51)}`)],
  ["Courses", fixed("/admin/courses")],
  ["Course search: one", fixed("/admin/courses?q=course+000500&status=published")],
  ["Course search: hundreds", fixed("/admin/courses?q=0002+course")],
  ["Catalog search: one", fixed("/?q=000500+very")],
  ["Catalog search: hundreds", fixed("/?q=0002")],
  ["Learners", fixed("/admin/courses/c-000001/people")],
  ["Learners, page 21", afterPages("/admin/courses/c-000001/people", 20)],
  ["Learner search: one", fixed("/admin/courses/c-000001/people?q=person+0000500")],
  ["Learner search: too many", fixed("/admin/courses/c-000001/people?q=person")],
  ["Learner search: hundreds", fixed("/admin/courses/c-000001/people?q=00002+person")],
  ["Learner search: small course", fixed("/admin/courses/c-000002/people?q=person")],
  ["Learner search: five words", fixed("/admin/courses/c-000002/people?q=p+ex+co+0000+nobody")],
  ["Learner search: by id", fixed("/admin/courses/c-000001/people?q=user_person_0000500")],
  ["Purchases", fixed("/admin/purchases")],
  ["Purchases, page 21", afterPages("/admin/purchases?status=paid", 20)],
  ["Purchases of some days", fixed("/admin/purchases?from=2023-11-14&to=2023-11-20")],
  ["Purchases of a person", fixed("/admin/purchases?person=person-0000500&status=paid")],
  ["Purchases that need attention", fixed("/admin/purchases?attention=needed")],
  ["Purchase search: reference", fixed("/admin/purchases?q=CP-0000000500")],
  ["Purchase search: buyer, course", fixed("/admin/purchases?q=0000500+course&status=paid")],
  ["Purchase search: a hundred", fixed("/admin/purchases?q=00000001+cp&status=paid")],
  ["Purchase search: too many", fixed("/admin/purchases?q=cp")],
  ["User page", fixed("/admin/users/person-0000500")],
  ["Overview, cached counts", fixed("/admin")],
  ["Sync, all deliveries", fixed("/admin/sync")],
  ["Sync, rejected", fixed("/admin/sync?outcome=rejected")],
  ["Audit", fixed("/admin/audit")],
];

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Alternates between the sites so that slow moments of the machine affect both. */
async function compare(sites: readonly Site[], findPath: PagePath) {
  const runs = await Promise.all(
    sites.map(async (site) => ({ site, path: await findPath(site), visits: [] as Visit[] })),
  );
  for (let round = 0; round < rounds + 5; round++) {
    for (const { site, path, visits } of runs) {
      const visit = await site.visit(path);
      if (round >= 5) visits.push(visit);
    }
  }
  const measured = [];
  for (const { site, path, visits } of runs) {
    const ms = median(visits.map((visit) => visit.ms));
    const d1Ms = median(visits.map((visit) => visit.d1Ms));
    measured.push({ ms, d1Ms, ...(await site.cost(path)) });
  }
  return measured;
}

async function main(): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const sites = [await startSite(few), await startSite(many)];
  const lines = [];
  let worst = 0;
  let mostRows = 0;
  for (const [label, findPath] of measuredPages) {
    const [small, large] = await compare(sites, findPath);
    if (!small || !large) throw new Error("Nothing was measured");
    const ratio = large.ms / small.ms;
    worst = Math.max(worst, ratio);
    mostRows = Math.max(mostRows, large.rowsRead);
    const cells = [
      label,
      `${small.statements} / ${large.statements}`,
      `${small.rowsRead} / ${large.rowsRead}`,
      `${small.d1Ms.toFixed(1)} / ${large.d1Ms.toFixed(1)}`,
      `${small.ms.toFixed(1)} / ${large.ms.toFixed(1)}`,
      ratio.toFixed(2),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
    console.log(lines.at(-1));
  }
  const recount = await Promise.all(sites.map(timeOfRecount));
  for (const site of sites) await site.close();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  return `# Admin pages with ${many.toLocaleString("en-US")} users

Written by \`npm run bench:admin\` on ${new Date().toISOString().slice(0, 10)}: node ${process.version}, commit ${commit}, load average before the run ${load.toFixed(1)}.

Two instances of the built worker in workerd, over HTTP: one with ${few.toLocaleString("en-US")} and one with ${many.toLocaleString("en-US")} users and webhook
deliveries, with ${coursesOf(few).toLocaleString("en-US")} and ${coursesOf(many).toLocaleString("en-US")} courses and ${purchasesOf(few).toLocaleString("en-US")} and ${purchasesOf(many).toLocaleString("en-US")} purchases. Each pair of numbers is few / many. Times are medians of ${rounds} visits in milliseconds, alternating between the two.
Statements and rows include the guard's role check. The ratio is the total page time with many users to that with few; goal: under ${goal}.

| page | statements | rows read | D1 ms | page ms | ratio |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}

Worst ratio: ${worst.toFixed(2)} (${worst < goal ? "goal met" : "goal missed"}). Most rows read: ${mostRows} (limit ${maxRowsRead}).

The overview when it counts its figures, at most every five minutes: ${recount.map((ms) => `${ms.toFixed(1)} ms`).join(" / ")}.
`;
}

async function timeOfRecount(site: Site): Promise<number> {
  const visits: Visit[] = [];
  for (let round = 0; round < rounds; round++) visits.push(await site.recount());
  return median(visits.map(({ ms }) => ms));
}

const text = await main();
await writeFile("bench/ADMIN.md", text);
console.log(`\n${text}\nWritten to bench/ADMIN.md.`);
