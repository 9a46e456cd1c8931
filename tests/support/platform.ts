import { createControlClient } from "../clerk/control-client.ts";
import { productionOrigin, type Setup } from "../clerk/deployment.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { startLocalClerk } from "../clerk/server.ts";
import { createStripeControlClient } from "../stripe/control-client.ts";
import { localStripeEnvironment } from "../stripe/environment.ts";
import { startLocalStripe } from "../stripe/server.ts";
import { startBuiltWorker, type WorkerModule } from "./built-worker.ts";
import { armFault, readFaultReport, waitForQuiet, waitForWorker } from "./faults/client.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { freePort } from "./free-port.ts";

/**
 * Makes Clerk's Backend API unreachable. Otherwise users from events that the local Clerk does not
 * know would be reported as missing and soft-deleted.
 */
export const clerkUnreachable = { CLERK_API_URL: "http://localhost:9" };

export type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** Tests send more requests in a minute than people do. */
const unlimited = 1_000_000;

interface PlatformOptions {
  /** Where tests reach the worker; by default any free port. */
  port?: number;
  /** How the worker uses Clerk. In production, it believes that it is on `productionOrigin`. */
  clerkSetup?: Setup;
  withFaults?: boolean;
  /** Payment by card; otherwise buyers pay later. */
  withStripe?: boolean;
  modules?: WorkerModule[];
  /** See `startBuiltWorker`. */
  isDirect?: boolean;
  /** See `startBuiltWorker`. */
  withFiles?: boolean;
  /** How often a user may do something in a minute; null as in `wrangler.toml`. */
  actionLimit?: number | null;
}

/** Starts the built worker, a local Clerk and a local Stripe, all empty, on free ports. */
export async function startPlatform(
  overrides: Record<string, string> = {},
  {
    port: chosenPort,
    clerkSetup = "local",
    withFaults = false,
    withStripe = false,
    modules,
    isDirect = false,
    withFiles = true,
    actionLimit = unlimited,
  }: PlatformOptions = {},
) {
  const port = chosenPort ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const isProduction = clerkSetup === "cname" || clerkSetup === "proxy";
  const appOrigin = isProduction ? productionOrigin : origin;
  const clerk = await startLocalClerk({
    statePath: ":memory:",
    webhookUrl: `${origin}/api/webhooks/clerk`,
    setup: clerkSetup,
    retryDelayScale: 0.0001,
    seed: false,
  });
  const stripe = await startLocalStripe({
    statePath: ":memory:",
    webhookUrl: `${origin}/api/webhooks/stripe`,
    retryDelayScale: 0.0001,
  });
  const { origin: clerkOrigin, jwtKey } = clerk;
  const variables = {
    ...localClerkEnvironment({ clerkOrigin, appOrigin, jwtKey, setup: clerkSetup }),
    ...(withStripe ? localStripeEnvironment(stripe.origin) : {}),
    ...overrides,
  };
  const worker = await startBuiltWorker({
    port,
    ...(isProduction ? { publicOrigin: appOrigin } : { isDirect }),
    withFiles,
    variables,
    withFaults,
    actionLimit: actionLimit ?? undefined,
    ...(modules && { modules }),
  });
  const controlClient = createControlClient(clerkOrigin, clerk.handle);
  const stripeControl = createStripeControlClient(stripe.origin, stripe.handle);
  return {
    ...worker,
    /** The site's origin in browsers and tokens; `origin` is where tests reach the worker. */
    appOrigin,
    variables,
    clerk: controlClient,
    clerkOrigin,
    stripe: stripeControl,
    stripeOrigin: stripe.origin,
    /** Makes one future step fail. Requires `withFaults`. */
    armFault: (plan: FaultPlan | null) => armFault(worker.origin, plan),
    readFaultReport: () => readFaultReport(worker.origin),
    waitForWorker: () => waitForWorker(worker.origin),
    waitForQuiet: () => waitForQuiet(worker.origin, controlClient),
    /** Also waits until Stripe has delivered everything. */
    waitForStripe: () => waitForQuiet(worker.origin, stripeControl),
    async close() {
      await worker.close();
      await clerk.close();
      await stripe.close();
    },
  };
}
