import { parseArgs } from "node:util";
import type { ReconcileMode } from "../../app/db/enums.ts";

export interface CommandOptions {
  mode: ReconcileMode;
  allowMassDeletion: boolean;
  /** Moves the database to the Clerk instance of the worker's secret key. */
  adoptInstance: boolean;
  /** The deployed worker and D1 instead of the local ones. */
  remote: boolean;
  /** Port of the local worker. */
  port: number;
  /** Folder of the local D1. */
  state: string;
}

export const usage = `npm run reconcile -- [options]

  --payments              compare the payments of the last 30 days with Stripe, instead of users with Clerk
  --dry-run               only count differences; exits with code 2 if there are any
  --allow-mass-deletion   soft-delete users even if a large share is missing in Clerk
  --adopt-instance        accept another Clerk instance than before, and keep its users from now on
  --remote                use the deployed worker and D1 instead of the local ones
  --port <port>           port of the local worker (8787)
  --state <folder>        folder of the local D1 (.wrangler/state)`;

/** @throws if an option is unknown or the port is invalid. */
export function readOptions(args: readonly string[]): CommandOptions & { payments: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      payments: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      "allow-mass-deletion": { type: "boolean", default: false },
      "adopt-instance": { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      port: { type: "string", default: "8787" },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  return {
    payments: values.payments,
    mode: values["dry-run"] ? "dry-run" : "repair",
    allowMassDeletion: values["allow-mass-deletion"],
    adoptInstance: values["adopt-instance"],
    remote: values.remote,
    port: readPort(values.port),
    state: values.state,
  };
}

/** @throws if the port is invalid. */
export function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`"${text}" is not a port.`);
}
