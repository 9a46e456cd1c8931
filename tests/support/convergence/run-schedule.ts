import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { aheadOfTime, postWebhook } from "../webhooks.ts";
import { type Operation, type Schedule, slots } from "./schedule.ts";
import { signIn, signUp, type TestSession, type TestUser } from "./test-users.ts";
import { watchRows } from "./watch-rows.ts";

let emails = 0;
const uniqueEmail = () => `user-${++emails}@example.com`;

/** Runs one schedule and returns its users. Webhooks are delivered only by the schedule. */
export async function runSchedule(platform: Platform, schedule: Schedule): Promise<TestUser[]> {
  const state = Array.from({ length: slots }, () => ({
    email: uniqueEmail(),
    users: [] as TestUser[],
  }));
  const allUsers = () => state.flatMap(({ users }) => users);
  const watch = watchRows(platform);
  for (const round of schedule) {
    await Promise.all(round.map((operation) => perform(platform, state, operation)));
    await watch(allUsers());
  }
  return allUsers();
}

interface SlotState {
  email: string;
  users: TestUser[];
}

async function perform(
  platform: Platform,
  state: SlotState[],
  operation: Operation,
): Promise<unknown> {
  if (operation.kind === "cron") return platform.scheduled(crons.frequent);
  if (operation.kind === "fault") return platform.armFault(operation);
  const slot = state[operation.slot];
  if (!slot) return undefined;
  const user = slot.users.at(-1);
  if (operation.kind !== "sign-up") return user && performForUser(platform, slot, user, operation);
  if (!user?.active) slot.users.push(await signUp(platform, slot.email, operation.asAdmin));
  return undefined;
}

type UserOperation = Exclude<Operation, { kind: "sign-up" | "cron" | "fault" }>;

async function performForUser(
  platform: Platform,
  slot: SlotState,
  user: TestUser,
  operation: UserOperation,
) {
  const { clerk } = platform;
  switch (operation.kind) {
    case "change-profile":
      for (let i = 0; i < operation.times && user.active; i++) {
        await clerk.updateUser(user.clerkUserId, { lastName: `Name ${i}` });
      }
      return;
    case "change-email":
      if (!user.active) return;
      slot.email = uniqueEmail();
      return clerk.updateUser(user.clerkUserId, { primaryEmailAddress: slot.email });
    case "ban":
      return user.active && clerk.updateUser(user.clerkUserId, { banned: operation.banned });
    case "revoke-session":
      if (!user.active) return;
      await clerk.revokeSession(user.session.id);
      return endSession(platform, user);
    case "delete-account":
      if (!user.active) return;
      user.active = false;
      return clerk.deleteUser(user.clerkUserId);
    case "change-role":
      return changeRole(platform, user, operation.role);
    case "tamper-metadata":
      if (!user.active || !(await hasRow(platform, user))) return;
      return clerk.updateUser(user.clerkUserId, {
        publicMetadata: { role: "admin", dbId: "tampered" },
      });
    case "first-request":
      return visit(platform, user, "/api/clerk/syncUsers");
    case "visit":
      return visit(platform, user, "/api/me");
    default:
      return deliver(platform, user, operation);
  }
}

/** Like an admin action: updates the row and marks its metadata push as pending. */
async function changeRole({ db }: Platform, user: TestUser, role: TestUser["role"]): Promise<void> {
  const { meta } = await db
    .prepare(
      "update users set role = ?, metadata_pending = 1 where clerk_user_id = ? and deleted_at is null",
    )
    .bind(role, user.clerkUserId)
    .run();
  if (meta.changes > 0) user.role = role;
}

async function hasRow({ db }: Platform, { clerkUserId }: TestUser): Promise<boolean> {
  return (
    (await db.prepare("select 1 from users where clerk_user_id = ?").bind(clerkUserId).first()) !==
    null
  );
}

/** Delivers the event at once, and signs the user in again. */
async function endSession(platform: Platform, user: TestUser): Promise<void> {
  const ended = user.session;
  user.session = await signIn(platform, user.clerkUserId);
  const [message] = await platform.clerk.listWebhookMessages({ subjectId: ended.id });
  if (!message) throw new Error("Clerk sent no event about the end of the session");
  const { origin } = platform;
  const response = await postWebhook({ origin, body: message.payload, svixId: message.id });
  if (response.ok && isApplied(await response.json())) user.endedSessions.push(ended);
}

const isApplied = (body: unknown) => JSON.stringify(body) === '{"outcome":"applied"}';

function visit(
  { origin }: Platform,
  { session }: { session: TestSession },
  path: string,
): Promise<Response> {
  const headers = { Authorization: `Bearer ${session.token}` };
  return fetch(`${origin}${path}`, { headers, redirect: "manual" });
}

type DeliveryOperation = Extract<
  Operation,
  { kind: "deliver" | "replay" | "deliver-from-future" | "lose" }
>;

const futureMs = 60 * 60 * 1000;

/** Delivers a webhook message about the user, possibly several times, or marks it as lost. */
async function deliver(
  platform: Platform,
  user: TestUser,
  operation: DeliveryOperation,
): Promise<void> {
  const messages = await platform.clerk.listWebhookMessages({ subjectId: user.clerkUserId });
  const mayBeLost = operation.kind === "deliver" || operation.kind === "lose";
  const candidates = messages.filter(({ id }) => !mayBeLost || !user.lostMessageIds.has(id));
  const message = candidates[operation.message % Math.max(candidates.length, 1)];
  if (!message) return;
  if (operation.kind === "lose") return void user.lostMessageIds.add(message.id);
  const copies = operation.kind === "deliver" ? operation.copies : 1;
  const body =
    operation.kind === "deliver-from-future"
      ? aheadOfTime(message.payload, futureMs)
      : message.payload;
  const posts = Array.from({ length: copies }, () =>
    postWebhook({ origin: platform.origin, body, svixId: message.id }),
  );
  await Promise.all(posts);
}
