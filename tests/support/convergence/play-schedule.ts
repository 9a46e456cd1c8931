import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { postWebhook } from "../webhooks.ts";
import { type Operation, type Schedule, slots } from "./schedule.ts";
import { type Person, signUp } from "./test-users.ts";
import { watchRows } from "./watch-rows.ts";

let emails = 0;
const uniqueEmail = () => `person-${++emails}@example.com`;

/** Plays one schedule and tells whom it was about. Its webhooks go only where the schedule sends them. */
export async function playSchedule(platform: Platform, schedule: Schedule): Promise<Person[]> {
  const state = Array.from({ length: slots }, () => ({
    email: uniqueEmail(),
    people: [] as Person[],
  }));
  const allUsers = () => state.flatMap(({ people }) => people);
  const watch = watchRows(platform);
  for (const round of schedule) {
    await Promise.all(round.map((operation) => perform(platform, state, operation)));
    await watch(allUsers());
  }
  return allUsers();
}

interface SlotState {
  email: string;
  people: Person[];
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
  const person = slot.people.at(-1);
  if (operation.kind !== "sign-up") return person && performOn(platform, slot, person, operation);
  if (!person?.alive) slot.people.push(await signUp(platform, slot.email, operation.asAdmin));
  return undefined;
}

type PersonalOperation = Exclude<Operation, { kind: "sign-up" | "cron" | "fault" }>;

async function performOn(
  platform: Platform,
  slot: SlotState,
  person: Person,
  operation: PersonalOperation,
) {
  const { clerk } = platform;
  switch (operation.kind) {
    case "change-profile":
      for (let i = 0; i < operation.times && person.alive; i++) {
        await clerk.updateUser(person.clerkUserId, { lastName: `Name ${i}` });
      }
      return;
    case "change-email":
      if (!person.alive) return;
      slot.email = uniqueEmail();
      return clerk.updateUser(person.clerkUserId, { primaryEmailAddress: slot.email });
    case "delete-account":
      if (!person.alive) return;
      person.alive = false;
      return clerk.deleteUser(person.clerkUserId);
    case "change-role":
      return changeRole(platform, person, operation.role);
    case "tamper-metadata":
      if (!person.alive || !(await hasRow(platform, person))) return;
      return clerk.updateUser(person.clerkUserId, {
        publicMetadata: { role: "admin", dbId: "tampered" },
      });
    case "first-request":
      return visit(platform, person, "/api/clerk/syncUsers");
    case "visit":
      return visit(platform, person, "/api/me");
    default:
      return deliver(platform, person, operation);
  }
}

/** As an admin's action does: the row changes and its push is pending. */
async function changeRole({ db }: Platform, person: Person, role: Person["role"]): Promise<void> {
  const { meta } = await db
    .prepare(
      "update users set role = ?, metadata_pending = 1 where clerk_user_id = ? and deleted_at is null",
    )
    .bind(role, person.clerkUserId)
    .run();
  if (meta.changes > 0) person.role = role;
}

async function hasRow({ db }: Platform, { clerkUserId }: Person): Promise<boolean> {
  return (
    (await db.prepare("select 1 from users where clerk_user_id = ?").bind(clerkUserId).first()) !==
    null
  );
}

function visit({ origin }: Platform, { sessionToken }: Person, path: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${sessionToken}` };
  return fetch(`${origin}${path}`, { headers, redirect: "manual" });
}

type DeliveryOperation = Extract<Operation, { kind: "deliver" | "replay" | "lose" }>;

/** Brings a message of the person to the app, again and again if asked, or sees to it that it never arrives. */
async function deliver(
  platform: Platform,
  person: Person,
  operation: DeliveryOperation,
): Promise<void> {
  const messages = await platform.clerk.listWebhookMessages({ subjectId: person.clerkUserId });
  const kept =
    operation.kind === "replay" ? messages : messages.filter(({ id }) => !person.lost.has(id));
  const message = kept[operation.message % Math.max(kept.length, 1)];
  if (!message) return;
  if (operation.kind === "lose") return void person.lost.add(message.id);
  const copies = operation.kind === "deliver" ? operation.copies : 1;
  const posts = Array.from({ length: copies }, () =>
    postWebhook({ origin: platform.origin, body: message.payload, svixId: message.id }),
  );
  await Promise.all(posts);
}
