import { parseArgs } from "node:util";

export interface LocalOptions {
  port: number;
  clerkPort: number;
  /** Folder for the data of D1, KV and the local Clerk. */
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
      "clerk-port": { type: "string", default: "8788" },
      state: { type: "string", default: ".wrangler/state" },
      watch: { type: "boolean", default: false },
    },
  });
  const { state, watch } = values;
  return { port: readPort(values.port), clerkPort: readPort(values["clerk-port"]), state, watch };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`"${text}" is not a port.`);
}
