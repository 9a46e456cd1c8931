/** An operation on one user and one course. `purchase` is an index, in order of creation. */
export type Step =
  | { kind: "enroll" }
  | { kind: "order" }
  | { kind: "settle"; purchase: number; to: "paid" | "cancelled" | "refunded" }
  | { kind: "enroll-by-admin" }
  | { kind: "revoke" }
  | { kind: "reprice"; priceMinor: 0 | 2900 };

type Status = "pending" | "paid" | "cancelled" | "refunded";

/**
 * A simple model of the rules in docs/decisions/0012-courses.md and 0013-purchases.md. It shares no
 * code with the application.
 */
export interface EnrollmentModel {
  priceMinor: number;
  purchases: Status[];
  /** How the user was enrolled, or null. */
  source: "free" | "purchase" | "admin" | null;
  /** Why access was revoked, or null. */
  closed: "refund" | "admin" | null;
}

export const newModel = (): EnrollmentModel => ({
  priceMinor: 0,
  purchases: [],
  source: null,
  closed: null,
});

export const hasAccess = ({ source, closed }: EnrollmentModel) =>
  source !== null && closed === null;

/** Returns the model after a step. */
export function apply(model: EnrollmentModel, step: Step): EnrollmentModel {
  switch (step.kind) {
    case "reprice":
      return { ...model, priceMinor: step.priceMinor };
    case "enroll":
      return model.priceMinor > 0 || hasAccess(model) || model.closed === "admin"
        ? model
        : { ...model, source: "free", closed: null };
    case "order": {
      const isOpen = model.purchases.includes("pending");
      const mayBuy = model.priceMinor > 0 && !hasAccess(model) && model.closed !== "admin";
      return isOpen || !mayBuy ? model : { ...model, purchases: [...model.purchases, "pending"] };
    }
    case "enroll-by-admin":
      return hasAccess(model) ? model : { ...model, source: "admin", closed: null };
    case "revoke":
      return hasAccess(model) ? { ...model, closed: "admin" } : model;
    case "settle":
      return settle(model, step.purchase, step.to);
  }
}

const from: Record<Status, Status[]> = {
  pending: [],
  paid: ["pending", "cancelled"],
  cancelled: ["pending"],
  refunded: ["paid"],
};

function settle(model: EnrollmentModel, number: number, to: Status): EnrollmentModel {
  const status = model.purchases[number];
  if (status === undefined || !from[to].includes(status)) return model;
  const purchases = model.purchases.with(number, to);
  const settled = { ...model, purchases };
  if (to === "paid" && !hasAccess(model)) return { ...settled, source: "purchase", closed: null };
  const isLast = !purchases.includes("paid");
  const opened = hasAccess(model) && model.source === "purchase";
  return to === "refunded" && opened && isLast ? { ...settled, closed: "refund" } : settled;
}
