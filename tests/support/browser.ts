import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";

/** Nothing but the page itself may speak to the network. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-domain-reliability",
  "--no-pings",
];

/** Playwright's own 30 s are too short for a busy machine; a test ends after 180 s. */
const timeoutMs = 120_000;

/** A fresh browser profile. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(timeoutMs);
  return context;
}

/**
 * A headless Chromium: on Linux the one that comes as an npm package, with the libraries it needs, so that nothing has to be
 * installed; elsewhere the Chrome that is installed.
 * @throws when there is none, saying what to do.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform === "linux" && process.arch === "x64") return launchPackaged();
  try {
    return await chromium.launch({ channel: "chrome", args: quiet, timeout: timeoutMs });
  } catch (cause) {
    throw new Error(
      "The browser tests need Chrome: install it from google.com/chrome and run them again.",
      {
        cause,
      },
    );
  }
}

async function launchPackaged(): Promise<Browser> {
  const folder = join(process.cwd(), "node_modules/.cache/chromium");
  if (!existsSync(folder)) await install(folder);
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: quiet,
    timeout: timeoutMs,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
      FONTCONFIG_FILE: await configureFonts(folder),
    },
  });
}

/**
 * The package's own settings look for its font in folders of AWS. With no font at all, Chromium gives text whose web font has
 * not come yet no width, and dies of `text-wrap: balance`.
 */
async function configureFonts(folder: string): Promise<string> {
  const path = join(folder, "fonts.conf");
  const fonts = `<dir>${join(folder, "fonts/fonts")}</dir>`;
  const cache = `<cachedir>${join(folder, "fonts-cache")}</cachedir>`;
  const whole = `${path}.${process.pid}`;
  await writeFile(whole, `<?xml version="1.0"?><fontconfig>${fonts}${cache}</fontconfig>`);
  // Another test may be starting its browser at this moment.
  await rename(whole, path);
  return path;
}

/** Several test processes may install it at once: the first one to finish provides the folder. */
async function install(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const unpacked = await mkdtemp(`${folder}-`);
  try {
    await unpack(unpacked);
    await rename(unpacked, folder);
  } catch (error) {
    await rm(unpacked, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

/** The package unpacks to the system's temporary folder; ours is kept with the dependencies. */
async function unpack(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged, inflate } = await import("@sparticuz/chromium");
    await packaged.executablePath();
    await inflate(join(process.cwd(), "node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
