import { existsSync } from "node:fs";
import { writeEnvFile } from "../../tests/clerk/env-file.ts";
import { startLocalClerk } from "../../tests/clerk/server.ts";
import { localStripeEnvironment } from "../../tests/stripe/environment.ts";
import { startLocalStripe } from "../../tests/stripe/server.ts";
import type { LocalOptions } from "./options.ts";
import type { ProcessGroup } from "./process-group.ts";
import { clerkStatePath, stripeStatePath } from "./state-folder.ts";

/** Clerk and Stripe: real ones, configured by `.dev.vars`, or local ones. */
export type Services = { kind: "real"; envFile: null } | LocalServices;

export interface LocalServices {
  kind: "local";
  /** For `wrangler dev --env-file`. */
  envFile: string;
  clerkOrigin: string;
  stripeOrigin: string;
}

const retryDelayScale = 0.01;

/**
 * Starts the local Clerk and the local Stripe, unless `.dev.vars` configures real ones.
 * @throws if a port is in use.
 */
export async function startServices(group: ProcessGroup, options: LocalOptions): Promise<Services> {
  if (existsSync(".dev.vars")) return { kind: "real", envFile: null };
  return startLocalServices(group, options);
}

/** @throws if a port is in use. */
export async function startLocalServices(
  group: ProcessGroup,
  options: LocalOptions,
  log: (line: string) => void = () => {},
): Promise<LocalServices> {
  const { port, clerkPort, stripePort, state } = options;
  const appOrigin = `http://localhost:${port}`;
  const statePath = clerkStatePath(state);
  const clerk = await startLocalClerk({
    port: clerkPort,
    statePath,
    webhookUrl: `${appOrigin}/api/webhooks/clerk`,
    retryDelayScale,
    seed: true,
    log,
  }).catch(explainTakenPort(clerkPort, "the local Clerk"));
  group.add(() => clerk.close());
  const stripe = await startLocalStripe({
    port: stripePort,
    statePath: stripeStatePath(state),
    webhookUrl: `${appOrigin}/api/webhooks/stripe`,
    retryDelayScale,
    log,
  }).catch(explainTakenPort(stripePort, "the local Stripe"));
  group.add(() => stripe.close());
  const { origin: clerkOrigin, jwtKey } = clerk;
  const envFile = await writeEnvFile(
    statePath,
    { clerkOrigin, appOrigin, jwtKey },
    localStripeEnvironment(stripe.origin),
  );
  return {
    kind: "local",
    envFile,
    clerkOrigin: `http://localhost:${clerkPort}`,
    stripeOrigin: `http://localhost:${stripePort}`,
  };
}

function explainTakenPort(port: number, name: string) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} (${name}) is in use. Stop the other program and try again.`);
  };
}
