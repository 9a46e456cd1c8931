import { expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { readCompleteLog } from "../support/complete-log.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();

/** The error lines about a missing admin that a daily run logs. */
async function linesOfDailyRun() {
  const before = await readCompleteLog(platform);
  await platform.scheduled(crons.daily);
  const lines = (await readCompleteLog(platform)).map((line) => JSON.parse(line));
  const isReport = ({ event }: { event: string }) => event === "admin.none_left";
  const reported = before.filter((line) => isReport(JSON.parse(line))).length;
  return lines.filter(isReport).slice(reported);
}

const isMissing = expect.objectContaining({ message: expect.stringContaining("admin:grant") });

test("each daily run logs an error while Clerk has banned or deleted the last admin", async () => {
  expect(await linesOfDailyRun()).toEqual([]);
  const ada = await consoleUser(platform, "admin");
  const grace = await consoleUser(platform, "user");
  expect(await linesOfDailyRun()).toEqual([]);

  await platform.clerk.updateUser(ada.clerkUserId, { banned: true });
  await platform.clerk.waitForIdle();
  expect(await linesOfDailyRun()).toEqual([isMissing]);
  expect(await linesOfDailyRun()).toEqual([isMissing]);
  await platform.clerk.updateUser(ada.clerkUserId, { banned: false });
  await platform.clerk.waitForIdle();
  expect(await linesOfDailyRun()).toEqual([]);

  await platform.clerk.deleteUser(ada.clerkUserId);
  await platform.clerk.waitForIdle();
  expect(await linesOfDailyRun()).toEqual([isMissing]);
  expect((await grace.visit("/admin")).status).toBe(403);
  const makeAdmin = platform.db.prepare("update users set role = 'admin' where id = ?");
  await makeAdmin.bind(grace.id).run();
  expect((await grace.visit("/admin")).status).toBe(200);
  expect(await linesOfDailyRun()).toEqual([]);

  // Nobody is left at all.
  await platform.clerk.deleteUser(grace.clerkUserId);
  await platform.clerk.waitForIdle();
  expect(await linesOfDailyRun()).toEqual([isMissing]);
});
