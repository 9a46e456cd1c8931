import { Webhook } from "svix";
import { localClerkEnvironment, localClerkKeys } from "../../tests/clerk/environment.ts";
import { type BuiltWorker, startBuiltWorker } from "../../tests/support/built-worker.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { createBurst, type Message } from "./events.ts";
import { expectOracle } from "./oracle.ts";
import { verifyOnlyModules } from "./programs.ts";

const concurrency = 32;
/** The two workers alternate in chunks, so that slow moments of the machine affect both. */
const chunkSize = 250;

export interface BurstFigures {
  events: number;
  unique: number;
  people: number;
  app: Rate;
  verifyOnly: Rate;
}

interface Rate {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/**
 * Sends a burst of signed events to the built worker and to one that only verifies signatures.
 * @throws if a response is not 200 or D1 does not match the oracle.
 */
export async function measureBurst(events: number): Promise<BurstFigures> {
  const burst = createBurst(events, 1);
  const app = await start();
  const verifyOnly = await start({ modules: await verifyOnlyModules() });
  try {
    const latencies = {
      app: newTiming(),
      verifyOnly: newTiming(),
    };
    for (let from = 0; from < burst.sent.length; from += chunkSize) {
      const chunk = burst.sent.slice(from, from + chunkSize);
      const turns = [
        () => sendAll(app, chunk, latencies.app),
        () => sendAll(verifyOnly, chunk, latencies.verifyOnly),
      ];
      if ((from / chunkSize) % 2) turns.reverse();
      for (const turn of turns) await turn();
    }
    await expectOracle(app.db, burst);
    return {
      events,
      unique: burst.messages.length,
      people: burst.oracle.size,
      app: rateOf(latencies.app),
      verifyOnly: rateOf(latencies.verifyOnly),
    };
  } finally {
    await app.close();
    await verifyOnly.close();
  }
}

/** Clerk is unreachable: its current data would hide the effects of the event order. */
async function start(program: Pick<Parameters<typeof startBuiltWorker>[0], "modules"> = {}) {
  const port = await freePort();
  const appOrigin = `http://localhost:${port}`;
  const variables = localClerkEnvironment({ clerkOrigin: "http://localhost:9", appOrigin });
  return startBuiltWorker({ port, variables, ...program });
}

interface Timing {
  totalMs: number;
  latencies: number[];
}

const newTiming = (): Timing => ({ totalMs: 0, latencies: [] });

async function sendAll(
  { origin }: BuiltWorker,
  messages: readonly Message[],
  timing: Timing,
): Promise<void> {
  const requests = messages.map((message) => ({
    body: message.body,
    headers: signedHeaders(message),
  }));
  const queue = requests.values();
  const startedAt = performance.now();
  const send = async () => {
    for (const { body, headers } of queue) {
      const sentAt = performance.now();
      const response = await fetch(`${origin}/api/webhooks/clerk`, {
        method: "POST",
        headers,
        body,
      });
      await response.text();
      if (response.status !== 200)
        throw new Error(`A webhook got the response ${response.status}.`);
      timing.latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, send));
  timing.totalMs += performance.now() - startedAt;
}

function signedHeaders({ svixId, body }: Message): Record<string, string> {
  const now = new Date();
  return {
    "Content-Type": "application/json",
    "svix-id": svixId,
    "svix-timestamp": `${Math.floor(now.getTime() / 1000)}`,
    "svix-signature": new Webhook(localClerkKeys.webhookSecret).sign(svixId, now, body),
  };
}

function rateOf({ totalMs, latencies }: Timing): Rate {
  const sorted = latencies.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    perSecond: (latencies.length / totalMs) * 1000,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}
