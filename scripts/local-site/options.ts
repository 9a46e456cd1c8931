import { parseArgs } from "node:util";

export interface LocalOptions {
  port: number;
  clerkPort: number;
  /** Folder that keeps D1, KV and the local Clerk between starts. */
  state: string;
  /** Build again on every change; the running worker takes the new build. */
  watch: boolean;
}

/** @throws when an option is unknown or a port is no port. */
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
