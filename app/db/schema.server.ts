export * from "./schema/courses.server";
export * from "./schema/learning.server";
export * from "./schema/payment-runs.server";
export * from "./schema/payments.server";
export * from "./schema/purchases.server";
export * from "./schema/reconcile.server";
export * from "./schema/refunds.server";
export * from "./schema/users.server";
