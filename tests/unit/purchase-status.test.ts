import { expect, test } from "vitest";
import { purchaseStatuses } from "../../app/db/enums.ts";
import { canSettle, settlements } from "../../app/features/purchases/purchase-status.ts";

test("lists the settlements available for each purchase status", () => {
  const possible = purchaseStatuses.map((status) => [
    status,
    settlements.filter((settlement) => canSettle(status, settlement)),
  ]);
  expect(Object.fromEntries(possible)).toEqual({
    pending: ["paid", "cancelled"],
    paid: [],
    // Money for a canceled order may still arrive.
    cancelled: ["paid"],
    refunded: [],
  });
});
