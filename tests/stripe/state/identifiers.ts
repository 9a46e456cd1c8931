import { randomText } from "../../local-service/state/identifiers.ts";

/** An id in Stripe's format: a type prefix and 24 random characters. */
export const newId = (prefix: string): string => `${prefix}_${randomText(24)}`;

/** The ids of Checkout Sessions name their mode. */
export const newSessionId = (livemode: boolean): string =>
  `cs_${livemode ? "live" : "test"}_a1${randomText(56)}`;
