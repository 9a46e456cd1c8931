import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import * as z from "zod";
import { readList } from "../tests/support/admin-console.ts";
import { type Site, startSite, type Visit } from "./admin/site.ts";

/** `npm run bench:admin`: the console's pages with few and with many people, side by side in one run. */
const { values } = parseArgs({
  options: {
    users: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "60" },
  },
});
const count = z.coerce.number().int().positive();
const [few, many, rounds] = [1_000, count.parse(values.users), count.parse(values.rounds)];
const goal = 1.5;

/** What is measured: a page, or a page that a site's own list leads to. */
type Place = (site: Site) => Promise<string>;
const at =
  (path: string): Place =>
  () =>
    Promise.resolve(path);
/** The page after so many. */
const deep =
  (path: string, pages: number): Place =>
  async (site) => {
    let next: string | null = path;
    for (let page = 0; page < pages && next; page++) next = readList(await site.read(next)).next;
    return next ?? path;
  };

const places: readonly (readonly [label: string, place: Place])[] = [
  ["Users, newest first", at("/admin/users")],
  ["Users, page 21", deep("/admin/users", 20)],
  ["Users by name", at("/admin/users?sort=name")],
  ["Users by e-mail, page 21", deep("/admin/users?sort=email", 20)],
  ["Admins by name", at("/admin/users?role=admin&sort=name")],
  ["Deleted, by e-mail", at("/admin/users?state=deleted&sort=email")],
  ["Pending, newest first", at("/admin/users?state=pending")],
  ["Search: everybody matches", at("/admin/users?q=p")],
  ["Search: one name", at("/admin/users?q=person+0000500")],
  ["Search: one e-mail", at("/admin/users?q=PERSON-0000500%40")],
  ["Search: admins by e-mail", at("/admin/users?q=person-&in=email&role=admin")],
  ["Search: 51 bytes, nobody", at(`/admin/users?q=${"x".repeat(51)}`)],
  ["A person's page", at("/admin/users/person-0000500")],
  ["Overview, figures in KV", at("/admin")],
  ["Sync, all deliveries", at("/admin/sync")],
  ["Sync, the rejected", at("/admin/sync?outcome=rejected")],
  ["Audit", at("/admin/audit")],
];

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The two take turns, so that a slow moment of the machine hits both. */
async function compare(sites: readonly Site[], place: Place) {
  const both = await Promise.all(
    sites.map(async (site) => ({ site, path: await place(site), visits: [] as Visit[] })),
  );
  for (let round = 0; round < rounds + 5; round++) {
    for (const { site, path, visits } of both) {
      const visit = await site.visit(path);
      if (round >= 5) visits.push(visit);
    }
  }
  const measured = [];
  for (const { site, path, visits } of both) {
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
  for (const [label, place] of places) {
    const [small, large] = await compare(sites, place);
    if (!small || !large) throw new Error("Nothing was measured");
    const ratio = large.ms / small.ms;
    worst = Math.max(worst, ratio);
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
  return `# The console at ${many.toLocaleString("en-US")} people

Written by \`npm run bench:admin\` on ${new Date().toISOString().slice(0, 10)}: node ${process.version}, on top of commit ${commit}, load average before ${load.toFixed(1)}.

The built worker in workerd, over HTTP, twice side by side: with ${few.toLocaleString("en-US")} and with ${many.toLocaleString("en-US")} people and deliveries. Each pair of
numbers is few / many. Times are medians of ${rounds} visits in milliseconds, the two sites in turns. Statements and rows include the
guard's look at the role of who asks. The last column is the whole page's time, many to few; goal: under ${goal}.

| page | statements | rows read | D1 ms | page ms | ratio |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}

Worst ratio: ${worst.toFixed(2)} (${worst < goal ? "goal met" : "goal missed"}).

Counting the figures of the overview is the one thing that grows with the number of people: ${recount.map((ms) => `${ms.toFixed(0)} ms`).join(" / ")}. It is done
at most once in five minutes, by whoever looks, and kept in KV.
`;
}

async function timeOfRecount(site: Site): Promise<number> {
  const before = performance.now();
  const response = await site.post("/admin?index", {});
  if (response.status !== 302) throw new Error(`Counting answered ${response.status}`);
  return performance.now() - before;
}

const text = await main();
await writeFile("bench/ADMIN.md", text);
console.log(`\n${text}\nWritten to bench/ADMIN.md.`);
