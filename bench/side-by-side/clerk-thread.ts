import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import * as z from "zod";
import { startLocalClerk } from "../../tests/clerk/server.ts";

const addressSchema = z.object({ origin: z.string(), jwtKey: z.string() });

export type ClerkAddress = z.infer<typeof addressSchema> & { close(): Promise<void> };

/** A local Clerk on a thread of its own, so that answering a rival does not hold up those who ask it. It sends no webhooks. */
export async function startClerkThread(): Promise<ClerkAddress> {
  const thread = new Worker(new URL(import.meta.url));
  const [message] = await once(thread, "message");
  return {
    ...addressSchema.parse(message),
    async close() {
      await thread.terminate();
    },
  };
}

if (!isMainThread) {
  const { origin, jwtKey } = await startLocalClerk({
    statePath: ":memory:",
    webhookUrl: "http://localhost:9",
    seed: false,
  });
  parentPort?.postMessage({ origin, jwtKey });
}
