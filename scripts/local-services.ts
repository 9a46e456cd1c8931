import { relative } from "node:path";
import { lockState } from "../tests/local-service/state/file.ts";
import { serviceLines } from "./local-site/banner.ts";
import { readOptions } from "./local-site/options.ts";
import { runGroup } from "./local-site/run-group.ts";
import { startLocalServices } from "./local-site/services.ts";
import { assertStateReadable, clerkStatePath } from "./local-site/state-folder.ts";

/**
 * `npm run clerk`: the local Clerk and the local Stripe, for `wrangler dev` in a second terminal.
 */
await runGroup(async (group) => {
  const options = readOptions(process.argv.slice(2));
  group.add(lockState(clerkStatePath(options.state)));
  await assertStateReadable(options.state);
  const services = await startLocalServices(group, options, console.log);
  const settings = `--env-file ${relative(".", services.envFile)}`;
  console.log(
    [
      ...serviceLines(services),
      "",
      "  To start the site, run in a second terminal:",
      `  npm run build && npm run seed && npx wrangler dev ${settings}`,
      "",
    ].join("\n"),
  );
  await group.ended;
});
