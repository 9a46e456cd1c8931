import { parseArgs } from "node:util";

export interface LocalOptions {
  port: number;
  clerkPort: number;
  stripePort: number;
  /** Folder for the data of D1, KV, the local Clerk and the local Stripe. */
  state: string;
  /** Rebuild and reload on every change. */
  watch: boolean;
}

/** @throws if an option is unknown or a port is invalid. */
export function readOptions(args: readonly string[]): LocalOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "8787" },
      "clerk-port": { type: "string" },
      "stripe-port": { type: "string" },
      state: { type: "string", default: ".wrangler/state" },
      watch: { type: "boolean", default: false },
    },
  });
  const { state, watch } = values;
  const port = readPort(values.port);
  const clerkPort = readPort(values["clerk-port"] ?? `${port + 1}`);
  const stripePort = readPort(values["stripe-port"] ?? `${port + 2}`);
  return { port, clerkPort, stripePort, state, watch };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`"${text}" is not a port.`);
}
