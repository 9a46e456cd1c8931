import { beforeEach } from "vitest";
import { type ConsoleUser, consoleUser } from "./admin-console.ts";
import type { Platform } from "./platform.ts";

/** A new buyer for each test of the file, who finds a Stripe that delivers everything. */
export function useStripeBuyer(platform: Platform): () => ConsoleUser {
  const { stripe } = platform;
  let buyer: ConsoleUser | undefined;
  beforeEach(async () => {
    await stripe.stopChaos();
    await stripe.release();
    await stripe.waitForIdle();
    buyer = await consoleUser(platform, "user");
  });
  return () => {
    if (!buyer) throw new Error("There is a buyer only during a test");
    return buyer;
  };
}
