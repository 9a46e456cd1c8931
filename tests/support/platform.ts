import { createControlClient } from "../clerk/control-client.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { startLocalClerk } from "../clerk/server.ts";
import { startBuiltWorker, type WorkerModule } from "./built-worker.ts";
import { armFault, readFaultReport, waitForQuiet } from "./faults/client.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { freePort } from "./free-port.ts";

/**
 * Settings under which Clerk's Backend API cannot be reached. Events about people whom the local Clerk does not know then stay
 * as they are: asked about them, Clerk would say that they are gone, and they would be buried.
 */
export const clerkUnreachable = { CLERK_API_URL: "http://localhost:9" };

export type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** The built worker and a local Clerk that know each other, both empty, on ports of their own. */
export async function startPlatform(
  overrides: Record<string, string> = {},
  { withFaults = false, modules }: { withFaults?: boolean; modules?: WorkerModule[] } = {},
) {
  const port = await freePort();
  const appOrigin = `http://localhost:${port}`;
  const clerk = await startLocalClerk({
    statePath: ":memory:",
    webhookUrl: `${appOrigin}/api/webhooks/clerk`,
    retryDelayScale: 0.0001,
    seed: false,
  });
  const { origin: clerkOrigin, jwtKey } = clerk;
  const variables = { ...localClerkEnvironment({ clerkOrigin, appOrigin, jwtKey }), ...overrides };
  const worker = await startBuiltWorker({
    port,
    variables,
    withFaults,
    ...(modules && { modules }),
  });
  const controlClient = createControlClient(clerkOrigin);
  return {
    ...worker,
    variables,
    clerk: controlClient,
    clerkOrigin,
    /** Makes one step to come go wrong; only where the platform was started with faults. */
    armFault: (plan: FaultPlan | null) => armFault(worker.origin, plan),
    readFaultReport: () => readFaultReport(worker.origin),
    waitForQuiet: () => waitForQuiet(worker.origin, controlClient),
    async close() {
      await worker.close();
      await clerk.close();
    },
  };
}
