import fc from "fast-check";
import { type FaultMode, faultModes } from "../faults/plan.ts";

/** How many e-mail addresses a schedule plays with; each may belong to several people, one after another. */
export const slots = 3;

/** One thing that happens: to the people, on the network, or by the clock. Numbers pick one of what there is. */
export type Operation =
  | { kind: "sign-up"; slot: number; asAdmin: boolean }
  | { kind: "change-profile"; slot: number; times: number }
  | { kind: "change-email"; slot: number }
  | { kind: "delete-account"; slot: number }
  | { kind: "change-role"; slot: number; role: "user" | "admin" }
  | { kind: "tamper-metadata"; slot: number }
  | { kind: "first-request"; slot: number }
  | { kind: "visit"; slot: number }
  | { kind: "deliver"; slot: number; message: number; copies: number }
  | { kind: "replay"; slot: number; message: number }
  | { kind: "lose"; slot: number; message: number }
  | { kind: "cron" }
  | { kind: "fault"; step: number; mode: FaultMode };

/** Rounds, one after another; all that is in a round happens at once. */
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

/** What a person does at Clerk has an order, even in a round: one such thing at a time. So has what admins do to one person. */
function turn(one: Operation): string {
  switch (one.kind) {
    case "sign-up":
    case "change-profile":
    case "change-email":
    case "delete-account":
    case "tamper-metadata":
      return `account ${one.slot}`;
    case "change-role":
      return `role ${one.slot}`;
    default:
      return JSON.stringify(one);
  }
}

const round = fc.uniqueArray(operation, { minLength: 1, maxLength: 4, selector: turn });

/** A life of a few people under a bad network. It begins with a sign-up, for else little happens. */
export const schedule: fc.Arbitrary<Schedule> = fc
  .tuple(fc.boolean(), fc.array(round, { minLength: 3, maxLength: 9 }))
  .map(([asAdmin, rounds]) => [[{ kind: "sign-up", slot: 0, asAdmin }], ...rounds]);
