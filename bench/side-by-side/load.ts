import { Client } from "undici";
import { cpuMilliseconds } from "../workerd-processes.ts";
import type { PreparedRequest } from "./prepared-request.ts";

export interface Run {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU of the workerd processes per request; null without /proc. */
  cpuMs: number | null;
  bytes: number;
}

interface Options {
  clients: number;
  status: number;
  /** The number of initial requests that are not measured. */
  warmUp: number;
}

const timeoutMs = 30_000;

/**
 * Sends all requests. Each client is one connection with one request in flight.
 * @throws on the first timeout or unexpected status.
 */
export async function sendAll(
  origin: string,
  requests: readonly PreparedRequest[],
  { clients, status, warmUp }: Options,
): Promise<Run> {
  const connections = Array.from(
    { length: clients },
    () => new Client(origin, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs }),
  );
  try {
    await drain(connections, requests.slice(0, warmUp), status);
    const measured = requests.slice(warmUp);
    const cpuBefore = await cpuMilliseconds();
    const startedAt = performance.now();
    const { latencies, bytes } = await drain(connections, measured, status);
    const totalMs = performance.now() - startedAt;
    const cpuAfter = await cpuMilliseconds();
    const sorted = latencies.toSorted((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      perSecond: (measured.length / totalMs) * 1000,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
      cpuMs:
        cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / measured.length,
      bytes: bytes / measured.length,
    };
  } finally {
    await Promise.all(connections.map((connection) => connection.close()));
  }
}

async function drain(connections: Client[], requests: readonly PreparedRequest[], status: number) {
  const queue = requests.values();
  const latencies: number[] = [];
  let bytes = 0;
  const sendNext = async (connection: Client) => {
    for (const { body: content = null, ...request } of queue) {
      const sentAt = performance.now();
      const response = await connection.request({ ...request, body: content });
      const body = await response.body.arrayBuffer();
      bytes += body.byteLength;
      latencies.push(performance.now() - sentAt);
      if (response.statusCode !== status) {
        throw new Error(
          `${request.path} responded with ${response.statusCode} instead of ${status}`,
        );
      }
    }
  };
  await Promise.all(connections.map(sendNext));
  return { latencies, bytes };
}
