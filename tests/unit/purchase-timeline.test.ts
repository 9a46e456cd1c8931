import { describe, expect, test } from "vitest";
import type { CourseAction, PaymentAction } from "~/db/enums";
import { timelineOf } from "~/features/admin/purchase-timeline";

const step = (action: CourseAction, createdAt: number, actorName: string | null = null) => ({
  ...{ id: `${action} ${createdAt}`, action, createdAt, actorName, detail: "" },
});
const money = (action: PaymentAction, createdAt: number) => ({
  ...{ id: `${action} ${createdAt}`, action, createdAt, actorName: null, detail: "re_1" },
  ...{ amountMinor: 2_900, currency: "EUR" as const },
});
const none = { createdAt: 1, paidAt: null, cancelledAt: null, refundedAt: null };

const textsOf = (...recorded: Parameters<typeof timelineOf>) =>
  timelineOf(...recorded).map(({ at, text }) => `${at} ${text}`);

describe("the timeline of a purchase", () => {
  test("keeps every end of access and every reopening", () => {
    const purchase = { ...none, paidAt: 2, refundedAt: 9 };
    const steps = [
      ...[step("purchase-paid", 2), step("purchase-refunded", 4)],
      ...[step("purchase-paid", 7, "Ada"), step("purchase-refunded", 9)],
    ];
    const changes = [
      ...[money("refund-requested", 3), money("refund-succeeded", 4), money("refund-failed", 5)],
      ...[money("refund-reopen", 7), money("refund-succeeded", 9)],
    ];
    expect(textsOf({ purchase, steps, changes })).toEqual([
      ...["1 Ordered", "2 Paid", "3 Refund requested: €29.00", "4 Refund succeeded: €29.00"],
      ...["4 Access ended", "5 Refund failed: €29.00"],
      ...["7 Not paid back after a failed refund: €29.00", "7 Access reopened"],
      ...["9 Refund succeeded: €29.00", "9 Access ended"],
    ]);
    expect(timelineOf({ purchase, steps, changes }).at(-3)).toMatchObject({ detail: "Ada" });
  });

  test("shows a cancellation that the payment came after", () => {
    const steps = [step("purchase-cancelled", 2), step("purchase-paid", 3)];
    expect(textsOf({ purchase: { ...none, paidAt: 3 }, steps, changes: [] })).toEqual([
      "1 Ordered",
      "2 Order canceled",
      "3 Paid",
    ]);
  });

  test("starts with the payment if its refund arrived first", () => {
    const purchase = { ...none, createdAt: 2, paidAt: 2, refundedAt: 2 };
    const steps = [step("purchase-paid", 2), step("purchase-refunded", 2)];
    expect(textsOf({ purchase, steps, changes: [money("refund-succeeded", 2)] })).toEqual([
      ...["2 Ordered", "2 Paid", "2 Refund succeeded: €29.00", "2 Access ended"],
    ]);
  });

  test("has what happened before steps were recorded, once", () => {
    const purchase = { ...none, paidAt: 2, refundedAt: 3 };
    expect(textsOf({ purchase, steps: [], changes: [] })).toEqual([
      ...["1 Ordered", "2 Paid", "3 Access ended"],
    ]);
    const steps = [step("purchase-refunded", 3)];
    expect(textsOf({ purchase, steps, changes: [] })).toEqual([
      ...["1 Ordered", "2 Paid", "3 Access ended"],
    ]);
    const reopened = [step("purchase-paid", 5)];
    const before = { ...purchase, refundedAt: null };
    expect(textsOf({ purchase: before, steps: reopened, changes: [] })).toEqual([
      ...["1 Ordered", "2 Paid", "5 Access reopened"],
    ]);
  });
});
