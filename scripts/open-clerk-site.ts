import * as z from "zod";
import { startClerkSite } from "../tests/support/https/clerk-site.ts";

/**
 * `npm run clerk:browser -- [cname|proxy|development]`: opens the built site in the tests' browser,
 * with one of the setups of the real Clerk (tests/clerk/README.md).
 */
const setup = z.enum(["cname", "proxy", "development"]).default("cname").parse(process.argv[2]);
const debuggingPort = 9222;

const site = await startClerkSite(setup, {
  isVisible: true,
  args: [`--remote-debugging-port=${debuggingPort}`],
});
const page = await site.browser.newPage();
await page.goto(site.platform.appOrigin);
console.log(
  `Open: ${site.platform.appOrigin} (setup "${setup}"; Ctrl-C or closing the window ends it)`,
);
console.log(`Codes, users, webhooks: ${site.platform.clerkOrigin}`);
console.log(
  `No window? Open chrome://inspect in Chrome and add localhost:${debuggingPort}, or run:`,
);
const flags = ["--user-data-dir=/tmp/clerk-browser", ...site.browserArgs];
console.log(`  chromium ${flags.map((flag) => `"${flag}"`).join(" ")} ${site.platform.appOrigin}`);
// On Ctrl-C, Playwright closes the browser, too.
site.browser.once("disconnected", async () => {
  await site.close();
  process.exit(0);
});
