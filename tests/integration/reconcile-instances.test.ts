import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readCompleteLog } from "../support/complete-log.ts";
import {
  type Side,
  sides,
  startTwoInstances,
  type TwoInstances,
} from "../support/two-instances.ts";

const stack = await startTwoInstances();
afterAll(() => stack.close());
beforeEach(() => stack.reset());

type Step =
  | { kind: "sign-up"; side: Side; isWebhookLost: boolean }
  | { kind: "delete"; side: Side; user: number }
  | { kind: "example" }
  | { kind: "upgrade" }
  | { kind: "reconcile"; side: Side; adoptInstance: boolean };

const side = fc.constantFrom(...sides);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: signUp() },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete"), side, user: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "example" }) },
  // A database from before the instance was stored.
  { weight: 1, arbitrary: fc.constant({ kind: "upgrade" }) },
  { weight: 5, arbitrary: reconciliation() },
);

function signUp(): fc.Arbitrary<Step> {
  return fc.record({ kind: fc.constant("sign-up"), side, isWebhookLost: fc.boolean() });
}

function reconciliation(): fc.Arbitrary<Step> {
  const adoptInstance = fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
  return fc.record({ kind: fc.constant("reconcile"), side, adoptInstance });
}

/** What the product should know: whose users the rows are, and which ones Clerk has confirmed. */
interface Model {
  owner: Side | null;
  users: Record<Side, Set<string>>;
  confirmed: Set<string>;
  tombstones: Set<string>;
}

/** Whether the run may trust this side's answers. */
function isTrusted({ owner, users, confirmed }: Model, side: Side): boolean {
  if (owner !== null) return owner === side;
  return confirmed.size === 0 || [...confirmed].some((id) => users[side].has(id));
}

/** What a webhook leaves before anything is pushed to Clerk. */
async function insertUnconfirmed({ platform }: TwoInstances, clerkUserId: string): Promise<void> {
  await platform.db
    .prepare(
      `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at)
       values (?, ?, 'Example Example', 1, 1, 1) on conflict do nothing`,
    )
    .bind(crypto.randomUUID(), clerkUserId)
    .run();
}

async function perform(model: Model, step: Step): Promise<void> {
  switch (step.kind) {
    case "sign-up": {
      const emailAddresses = [`${crypto.randomUUID()}@example.com`];
      const { id } = await stack.clerks[step.side].createUser({ emailAddresses });
      model.users[step.side].add(id);
      if (!step.isWebhookLost) await insertUnconfirmed(stack, id);
      return;
    }
    case "delete": {
      const ids = [...model.users[step.side]];
      const id = ids[step.user % ids.length];
      if (id === undefined) return;
      await stack.clerks[step.side].deleteUser(id);
      model.users[step.side].delete(id);
      return;
    }
    case "example":
      return insertUnconfirmed(stack, `user_example${crypto.randomUUID().slice(0, 8)}`);
    case "upgrade":
      model.owner = null;
      await stack.platform.db.exec("delete from clerk_instance");
      return;
    case "reconcile":
      return reconcile(model, step);
  }
}

async function reconcile(model: Model, { side, adoptInstance }: Step & { kind: "reconcile" }) {
  const before = await stack.rows();
  const clerkBefore = await listClerkUsers();
  const run = await stack.reconcile(side, { adoptInstance });
  const after = await stack.rows();
  if (!isTrusted(model, side) && !adoptInstance) {
    expect(run?.error).toContain("another Clerk instance");
    expect(after).toEqual(before);
    expect(await listClerkUsers()).toEqual(clerkBefore);
    return;
  }
  expect(run).toMatchObject({ error: null, finished_at: expect.any(Number) });
  model.owner = side;
  const live = after.filter((row) => row.deleted_at === null).map((row) => `${row.clerk_user_id}`);
  const expected = [...model.users[side]].filter((id) => !model.tombstones.has(id));
  expect(live).toEqual(expected.sort());
  model.confirmed = new Set(live);
  for (const row of after)
    if (row.deleted_at !== null) model.tombstones.add(`${row.clerk_user_id}`);
  const otherSide = side === "first" ? "second" : "first";
  const clerkAfter = await listClerkUsers();
  expect(clerkAfter[otherSide]).toEqual(clerkBefore[otherSide]);
  const ids = new Map(after.map((row) => [row.clerk_user_id, row.id]));
  for (const { id, public_metadata } of clerkAfter[side]) {
    if (live.includes(id)) expect(public_metadata).toMatchObject({ dbId: ids.get(id) });
  }
}

const listClerkUsers = async () => ({
  first: await stack.clerks.first.listUsers(),
  second: await stack.clerks.second.listUsers(),
});

test("reconcile adds everyone of our instance and nobody of another, and deletes on no other's word", async () => {
  const steps = fc.array(step, { minLength: 4, maxLength: 14 });
  const property = fc.asyncProperty(steps, async (sequence) => {
    await stack.reset();
    const model: Model = {
      owner: null,
      users: { first: new Set(), second: new Set() },
      confirmed: new Set(),
      tombstones: new Set(),
    };
    for (const step of sequence) await perform(model, step);
  });
  await fc.assert(property, { numRuns: 20 });
});

test("adopting an instance still asks before it deletes many users", async () => {
  await stack.clerks.first.createUsers({ count: 30, prefix: "first" });
  await stack.clerks.second.createUsers({ count: 3, prefix: "second" });
  await stack.reconcile("first");
  const adopted = await stack.reconcile("second", { adoptInstance: true });
  expect(adopted?.error).toContain("Too many users are missing in Clerk");
  const live = async () => (await stack.rows()).filter((row) => row.deleted_at === null);
  expect(await live()).toHaveLength(33);
  await stack.reconcile("second", { allowMassDeletion: true });
  expect(await live()).toHaveLength(3);
});

test("the outbox neither pushes nor deletes with the key of another instance", async () => {
  await stack.clerks.first.createUsers({ count: 2, prefix: "first" });
  await stack.reconcile("first");
  await stack.platform.db.exec("update users set metadata_pending = 1");
  const before = await stack.rows();
  await stack.reconcile("second");
  expect(await stack.rows()).toEqual(before);
  const log = (await readCompleteLog(stack.platform)).join("\n");
  expect(log).toContain("CLERK_SECRET_KEY belongs to another Clerk instance");
});
