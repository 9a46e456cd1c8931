/** The API version of the pinned `stripe` package, the only one that the local Stripe speaks. */
export const apiVersion = "2026-10-28.endive";
