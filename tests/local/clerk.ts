import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { startLocalClerk } from "../clerk/server.ts";
import type { LocalOptions } from "./options.ts";
import type { ProcessGroup } from "./process-group.ts";

/** The Clerk this start runs against. */
export type Clerk =
  | { kind: "real"; envFile: null }
  | { kind: "local"; envFile: string; origin: string };

/**
 * With a `.dev.vars`, the real Clerk named there: nothing is started. Else the local Clerk, its state kept between starts.
 * @throws when its port is taken.
 */
export async function startClerk(
  group: ProcessGroup,
  { port, clerkPort, state }: LocalOptions,
): Promise<Clerk> {
  if (existsSync(".dev.vars")) return { kind: "real", envFile: null };
  await mkdir(state, { recursive: true });
  const appOrigin = `http://localhost:${port}`;
  const clerk = await startLocalClerk({
    port: clerkPort,
    statePath: `${state}/local-clerk.sqlite`,
    webhookUrl: `${appOrigin}/api/webhooks/clerk`,
    retryDelayScale: 0.01,
    seed: true,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(
      `Port ${clerkPort}, for the local Clerk, is taken. Stop what listens there and start again.`,
    );
  });
  group.add(() => clerk.close());
  const envFile = `${state}/local-clerk.env`;
  const variables = localClerkEnvironment({
    clerkOrigin: clerk.origin,
    appOrigin,
    jwtKey: clerk.jwtKey,
  });
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"`);
  await writeFile(envFile, `${lines.join("\n")}\n`);
  return { kind: "local", envFile, origin: `http://localhost:${clerkPort}` };
}
