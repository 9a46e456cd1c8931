import { parseArgs } from "node:util";
import type { ReconcileMode } from "../../app/db/enums.ts";

export interface CommandOptions {
  mode: ReconcileMode;
  allowMassDeletion: boolean;
  /** The deployed worker and its D1 instead of those on this machine. */
  remote: boolean;
  /** Where the local worker listens. */
  port: number;
  /** Folder that keeps the local D1. */
  state: string;
}

export const usage = `npm run reconcile -- [options]

  --dry-run               only count what differs; the exit code is 2 where anything does
  --allow-mass-deletion   bury people even where a large share of them is gone from Clerk
  --remote                the deployed worker and its D1, not those on this machine
  --port <port>           where the local worker listens (8787)
  --state <folder>        where the local D1 is kept (.wrangler/state)`;

/** @throws when an option is unknown or the port is no port. */
export function readOptions(args: readonly string[]): CommandOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "dry-run": { type: "boolean", default: false },
      "allow-mass-deletion": { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      port: { type: "string", default: "8787" },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  return {
    mode: values["dry-run"] ? "dry-run" : "repair",
    allowMassDeletion: values["allow-mass-deletion"],
    remote: values.remote,
    port: readPort(values.port),
    state: values.state,
  };
}

/** @throws when the text is no port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`"${text}" is not a port.`);
}
