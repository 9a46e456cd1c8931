import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, latestChange } from "../support/admin-console.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform({}, { withFaults: true });
let ada: ConsoleUser;
let boole: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  boole = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
});
beforeEach(async () => {
  await platform.clerk.waitForIdle();
  await platform.db.exec("delete from role_changes");
  await setRoles({ [ada.id]: "admin", [boole.id]: "admin", [grace.id]: "user" });
});

async function setRoles(roles: Record<string, "user" | "admin">): Promise<void> {
  for (const [id, role] of Object.entries(roles)) {
    const update = "update users set role = ?, deleted_at = null where id = ?";
    await platform.db.prepare(update).bind(role, id).run();
  }
}

const rowOf = (id: string) =>
  platform.db.prepare("select * from users where id = ?").bind(id).first();
const changes = async () => (await platform.db.prepare("select * from role_changes").all()).results;
const promote = { to: "admin", seenRole: "user" } as const;
const demote = { to: "user", seenRole: "admin" } as const;

test("a change is saved with its reason, shown immediately, cached and pushed to Clerk", async () => {
  const response = await ada.changeRole(grace.id, { ...promote, reason: "  runs the courses " });
  expect(response.status).toBe(302);
  const [change] = await changes();
  expect(change).toMatchObject({
    changed_by: ada.id,
    user_id: grace.id,
    from_role: "user",
    to_role: "admin",
    reason: "runs the courses",
  });
  expect(response.headers.get("location")).toBe(`/admin/users/${grace.id}?changed=${change?.id}`);
  const page = await (await ada.visit(response.headers.get("location") ?? "")).text();
  expect(page).toContain("The role is now");
  expect(page).toContain("runs the courses");
  const cached = await platform.kv.get(`user:v3:${grace.clerkUserId}`, "json");
  expect(cached).toMatchObject({ role: "admin" });
  await platform.clerk.waitForIdle();
  await expect
    .poll(() => platform.clerk.getUser(grace.clerkUserId))
    .toMatchObject({ public_metadata: { role: "admin", dbId: grace.id } });
  await expect.poll(() => rowOf(grace.id)).toMatchObject({ metadata_pending: 0 });
});

test("a change cancels the retry delay of a pending push", async () => {
  const later = Date.now() + 3_600_000;
  await platform.db.exec(`update users set metadata_retry_at = ${later} where id = '${grace.id}'`);
  await ada.changeRole(grace.id, promote);
  expect(await rowOf(grace.id)).toMatchObject({ role: "admin", metadata_retry_at: null });
});

test("promotions and demotions take effect at the next request", async () => {
  expect((await grace.visit("/admin")).status).toBe(403);
  await ada.changeRole(grace.id, promote);
  expect((await grace.visit("/admin")).status).toBe(200);
  expect((await grace.visit("/admin/users.data")).status).toBe(200);
  await ada.changeRole(grace.id, demote);
  expect((await grace.visit("/admin")).status).toBe(403);
  expect((await grace.visit("/admin/users.data")).status).toBe(403);
  expect((await grace.changeRole(ada.id, demote)).status).toBe(403);
  expect(await rowOf(ada.id)).toMatchObject({ role: "admin" });
});

test("the last admin cannot be demoted, not even by themselves", async () => {
  await setRoles({ [boole.id]: "user" });
  const response = await ada.changeRole(ada.id, demote);
  expect(response.status).toBe(409);
  expect(await response.text()).toContain("is the last admin");
  expect(await rowOf(ada.id)).toMatchObject({ role: "admin" });
  expect(await changes()).toEqual([]);
});

test("a deleted admin does not count as a remaining admin", async () => {
  await platform.db.exec(`update users set deleted_at = 1 where id = '${boole.id}'`);
  expect((await ada.changeRole(ada.id, demote)).status).toBe(409);
});

test("an admin can give up the role while another admin remains", async () => {
  expect((await ada.changeRole(ada.id, demote)).status).toBe(302);
  expect((await ada.visit("/admin")).status).toBe(403);
  expect((await boole.visit("/admin")).status).toBe(200);
});

test("a conflicting change is shown next to the outdated state, and nothing is changed", async () => {
  await boole.changeRole(grace.id, { ...promote, reason: "Boole was quicker" });
  const response = await ada.changeRole(grace.id, { ...promote, seenChange: "" });
  expect(response.status).toBe(409);
  const text = (await response.text()).replaceAll("<!-- -->", "");
  expect(text).toContain("Someone else changed the role while this dialog was open");
  expect(text).toMatch(/You saw<\/dt><dd>user<.*Current role<\/dt><dd>admin/);
  expect(text).toContain("changed by Ada Lovelace");
  expect(text).toContain("Boole was quicker");
  expect(await changes()).toHaveLength(1);
});

test("a role that was changed and changed back is also a conflict", async () => {
  await boole.changeRole(grace.id, promote);
  await boole.changeRole(grace.id, demote);
  const response = await ada.changeRole(grace.id, { ...promote, seenChange: "" });
  expect(response.status).toBe(409);
  expect(await rowOf(grace.id)).toMatchObject({ role: "user" });
  expect(await changes()).toHaveLength(2);
});

test("a form sent several times changes the role once", async () => {
  const seenChange = await latestChange(platform, grace.id);
  const responses = await Promise.all(
    [1, 2, 3].map(() => ada.changeRole(grace.id, { ...promote, seenChange })),
  );
  expect(responses.map(({ status }) => status).sort()).toEqual([302, 409, 409]);
  expect(await changes()).toHaveLength(1);
});

test("a tombstone keeps its role", async () => {
  await platform.db.exec(`update users set deleted_at = 1 where id = '${grace.id}'`);
  const response = await ada.changeRole(grace.id, promote);
  expect(response.status).toBe(409);
  expect(await response.text()).not.toContain("change-role");
  expect(await rowOf(grace.id)).toMatchObject({ role: "user" });
});

test("an unknown user is 404", async () => {
  expect((await ada.changeRole("nobody", promote)).status).toBe(404);
  expect((await ada.visit("/admin/users/nobody")).status).toBe(404);
});

describe("an invalid form is rejected with 400, keeps its input and changes nothing:", () => {
  test.each([
    ["no reason", { reason: "   " }],
    ["a reason that is too long", { reason: "x".repeat(501) }],
    ["an unknown role", { to: "owner" }],
    ["no previous role", { seenRole: "" }],
    ["an unknown intent", { intent: "promote" }],
  ])("%s", async (_, invalid) => {
    const valid = {
      intent: "change-role",
      ...promote,
      seenChange: "",
      reason: "typed <i>this</i>",
    };
    const response = await ada.post(`/admin/users/${grace.id}?change=role`, {
      ...valid,
      ...invalid,
    });
    expect(response.status).toBe(400);
    const text = await response.text();
    if (!("reason" in invalid)) expect(text).toContain("typed &lt;i&gt;this&lt;/i&gt;</textarea>");
    else expect(text).toMatch(/Enter a reason|Keep it to 500/);
    expect(await changes()).toEqual([]);
  });
});

describe("when two admins demote each other at the same time,", () => {
  const rounds = 40;
  test.each([
    ["no other admin", "user", 1],
    ["a third admin", "admin", 2],
  ] as const)("one of them succeeds, with %s", async (_, third, remaining) => {
    const decidedInSql = () =>
      platform.logLines.filter((line) => /"outcome":"(not-allowed|last-admin)"/.test(line)).length;
    const before = decidedInSql();
    for (let round = 0; round < rounds; round++) {
      await setRoles({ [ada.id]: "admin", [boole.id]: "admin", [grace.id]: third });
      const [adas, booles] = [
        await latestChange(platform, ada.id),
        await latestChange(platform, boole.id),
      ];
      // Else the overlapping steps could be those of the last round's background work.
      await platform.waitForQuiet();
      // Both requests pass the guard before either one changes a role: the SQL statement decides.
      await platform.armFault({ step: 1, mode: "overlaps" });
      const responses = await Promise.all([
        ada.changeRole(boole.id, { ...demote, seenChange: booles }),
        boole.changeRole(ada.id, { ...demote, seenChange: adas }),
      ]);
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(302);
      expect([403, 409]).toContain(statuses[1]);
      const live = "select count(*) n from users where role = 'admin' and deleted_at is null";
      expect(await platform.db.prepare(live).first("n")).toBe(remaining);
    }
    expect(await changes()).toHaveLength(rounds);
    await eventually(() => expect(decidedInSql() - before).toBe(rounds));
  });
});
