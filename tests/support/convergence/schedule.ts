import fc from "fast-check";
import { type FaultMode, faultModes } from "../faults/plan.ts";

/** Email addresses per schedule; several users may have the same one, one after another. */
export const slots = 3;

/** One event: a user action, a delivery, a cron or a fault. Numbers select an existing item. */
export type Operation =
  | { kind: "sign-up"; slot: number; asAdmin: boolean }
  | { kind: "change-profile"; slot: number; times: number }
  | { kind: "change-email"; slot: number }
  | { kind: "ban"; slot: number; banned: boolean }
  | { kind: "revoke-session"; slot: number }
  | { kind: "delete-account"; slot: number }
  | { kind: "change-role"; slot: number; role: "user" | "admin" }
  | { kind: "tamper-metadata"; slot: number }
  | { kind: "first-request"; slot: number }
  | { kind: "visit"; slot: number }
  | { kind: "deliver"; slot: number; message: number; copies: number }
  | { kind: "replay"; slot: number; message: number }
  | { kind: "deliver-from-future"; slot: number; message: number }
  | { kind: "lose"; slot: number; message: number }
  | { kind: "cron" }
  | { kind: "fault"; step: number; mode: FaultMode };

/** Rounds run one after another; the operations of a round run concurrently. */
export type Schedule = Operation[][];

const slot = fc.nat(slots - 1);
const message = fc.nat(40);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("sign-up"), slot, asAdmin: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("change-profile"),
      slot,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("change-email"), slot }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("ban"), slot, banned: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("revoke-session"), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete-account"), slot }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("change-role"),
      slot,
      role: fc.constantFrom("user", "admin"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("tamper-metadata"), slot }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("first-request"), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("visit"), slot }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("deliver"),
      slot,
      message,
      copies: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("replay"), slot, message }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("deliver-from-future"), slot, message }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose"), slot, message }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cron") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("fault"),
      step: fc.integer({ min: 1, max: 6 }),
      mode: fc.constantFrom(...faultModes),
    }),
  },
);

/** Operations with the same key never run in the same round: users and admins act sequentially. */
function exclusionKey(one: Operation): string {
  switch (one.kind) {
    case "sign-up":
    case "change-profile":
    case "change-email":
    case "ban":
    case "revoke-session":
    case "delete-account":
    case "tamper-metadata":
      return `account ${one.slot}`;
    case "change-role":
      return `role ${one.slot}`;
    default:
      return JSON.stringify(one);
  }
}

const round = fc.uniqueArray(operation, { minLength: 1, maxLength: 4, selector: exclusionKey });

/** Starts with a sign-up, because other operations need a user. */
export const schedule: fc.Arbitrary<Schedule> = fc
  .tuple(fc.boolean(), fc.array(round, { minLength: 3, maxLength: 9 }))
  .map(([asAdmin, rounds]) => [[{ kind: "sign-up", slot: 0, asAdmin }], ...rounds]);
