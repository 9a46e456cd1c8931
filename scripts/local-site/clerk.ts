import { existsSync } from "node:fs";
import { writeEnvFile } from "../../tests/clerk/env-file.ts";
import { startLocalClerk } from "../../tests/clerk/server.ts";
import type { LocalOptions } from "./options.ts";
import type { ProcessGroup } from "./process-group.ts";
import { clerkStatePath } from "./state-folder.ts";

export type Clerk =
  | { kind: "real"; envFile: null }
  | { kind: "local"; envFile: string; origin: string };

/**
 * Starts the local Clerk, unless `.dev.vars` configures a real one.
 * @throws if its port is in use.
 */
export async function startClerk(
  group: ProcessGroup,
  { port, clerkPort, state }: LocalOptions,
): Promise<Clerk> {
  if (existsSync(".dev.vars")) return { kind: "real", envFile: null };
  const appOrigin = `http://localhost:${port}`;
  const statePath = clerkStatePath(state);
  const clerk = await startLocalClerk({
    port: clerkPort,
    statePath,
    webhookUrl: `${appOrigin}/api/webhooks/clerk`,
    retryDelayScale: 0.01,
    seed: true,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(
      `Port ${clerkPort} (the local Clerk) is in use. Stop the other program and try again.`,
    );
  });
  group.add(() => clerk.close());
  const { origin: clerkOrigin, jwtKey } = clerk;
  const envFile = await writeEnvFile(statePath, { clerkOrigin, appOrigin, jwtKey });
  return { kind: "local", envFile, origin: `http://localhost:${clerkPort}` };
}
