import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import * as z from "zod";
import { startLocalClerk } from "../../tests/clerk/server.ts";

const addressSchema = z.object({ origin: z.string(), jwtKey: z.string() });

export type ClerkAddress = z.infer<typeof addressSchema> & { close(): Promise<void> };

/** Runs the local Clerk on its own thread, so that it does not slow down the load generator. */
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
