import { relative } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { findDamage, lockState } from "../local-service/state/file.ts";
import { writeEnvFile } from "./env-file.ts";
import { demoAccounts } from "./seed.ts";
import { startLocalClerk } from "./server.ts";

const repositoryRoot = new URL("../../", import.meta.url);

const usage = `node tests/clerk/main.ts [options]

  --port <number>           port to listen on (LOCAL_CLERK_PORT, 8788)
  --state <file>            SQLite file, or :memory: (LOCAL_CLERK_STATE, .wrangler/state/local-clerk.sqlite)
  --app-origin <url>        origin of the app (LOCAL_CLERK_APP_ORIGIN, http://localhost:8787)
  --webhook-path <path>     path of the app's webhook route (LOCAL_CLERK_WEBHOOK_PATH, /api/webhooks/clerk)
  --retry-scale <number>    factor on Svix's retry delays, 0 to 1 (LOCAL_CLERK_RETRY_SCALE, 0.01)
  --quiet                   do not log requests
  --help
`;

const optionsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(8788),
  state: z
    .string()
    .default(
      decodeURIComponent(new URL(".wrangler/state/local-clerk.sqlite", repositoryRoot).pathname),
    ),
  appOrigin: z.url({ protocol: /^https?$/ }).default("http://localhost:8787"),
  webhookPath: z.string().startsWith("/").default("/api/webhooks/clerk"),
  retryScale: z.coerce.number().min(0).max(1).optional(),
  quiet: z.boolean(),
});

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      port: { type: "string" },
      state: { type: "string" },
      "app-origin": { type: "string" },
      "webhook-path": { type: "string" },
      "retry-scale": { type: "string" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (flags.help) return void process.stdout.write(usage);
  const options = optionsSchema.parse({
    port: flags.port ?? process.env.LOCAL_CLERK_PORT,
    state: flags.state ?? process.env.LOCAL_CLERK_STATE,
    appOrigin: flags["app-origin"] ?? process.env.LOCAL_CLERK_APP_ORIGIN,
    webhookPath: flags["webhook-path"] ?? process.env.LOCAL_CLERK_WEBHOOK_PATH,
    retryScale: flags["retry-scale"] ?? process.env.LOCAL_CLERK_RETRY_SCALE,
    quiet: flags.quiet,
  });
  await run(options);
}

async function run(options: z.infer<typeof optionsSchema>): Promise<void> {
  const isPersistent = options.state !== ":memory:";
  const unlock = isPersistent ? lockState(options.state) : () => {};
  if (isPersistent) assertIntact(options.state);
  const clerk = await startLocalClerk({
    port: options.port,
    statePath: options.state,
    webhookUrl: new URL(options.webhookPath, options.appOrigin).href,
    ...(options.retryScale === undefined ? {} : { retryDelayScale: options.retryScale }),
    ...(options.quiet ? {} : { log: (line) => console.log(line) }),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      await clerk.close();
      unlock();
      process.exit(0);
    });
  }
  if (isPersistent) {
    const { appOrigin, state } = options;
    const { origin: clerkOrigin, jwtKey } = clerk;
    const envFile = await writeEnvFile(state, { clerkOrigin, appOrigin, jwtKey });
    console.log("To start the site, run in a second terminal:");
    console.log(
      `  npm run build && npm run seed && npx wrangler dev --env-file ${relative(".", envFile)}`,
    );
  }
  const { admin, user } = demoAccounts;
  console.log(`Local Clerk on ${clerk.origin} (open it in a browser for the control page)`);
  console.log(`  ${admin.email} / ${admin.password}   ${user.email} / ${user.password}`);
}

/** @throws if the file is not an intact database. */
function assertIntact(state: string): void {
  const damage = findDamage(state);
  if (damage === null) return;
  throw new Error(`${state} is damaged (${damage}). Delete it and start again.`);
}

try {
  await main();
} catch (error) {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : error;
  console.error(message instanceof Error ? message.message : message);
  process.exitCode = 1;
}
