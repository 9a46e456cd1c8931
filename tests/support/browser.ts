import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from "playwright-core";

/** Prevents network requests by the browser itself. */
const browserArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-domain-reliability",
  "--no-pings",
];

/** Playwright's default of 30 s is too short for a busy machine; tests time out after 180 s. */
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

export interface LaunchOptions {
  args?: readonly string[];
  /** Shows a window; the packaged Chromium has none. */
  isVisible?: boolean;
}

/**
 * Launches a headless Chromium: on Linux from an npm package that includes its libraries, elsewhere
 * the installed Chrome.
 * @throws if Chrome is not installed.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const args = [...browserArgs, ...(options.args ?? [])];
  if (process.platform === "linux" && process.arch === "x64") return launchPackaged(args);
  try {
    const headless = !options.isVisible;
    return await chromium.launch({ channel: "chrome", args, headless, timeout: timeoutMs });
  } catch (cause) {
    throw new Error(
      "The browser tests need Chrome: install it from google.com/chrome and run them again.",
      {
        cause,
      },
    );
  }
}

async function launchPackaged(args: string[]): Promise<Browser> {
  const folder = join(process.cwd(), "node_modules/.cache/chromium");
  if (!existsSync(folder)) await install(folder);
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: [...args, "--in-process-gpu"],
    // Playwright keeps shared memory on the disk, as for containers that have little.
    ...((await hasSharedMemory()) && { ignoreDefaultArgs: ["--disable-dev-shm-usage"] }),
    timeout: timeoutMs,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
      FONTCONFIG_FILE: await configureFonts(folder),
    },
  });
}

async function hasSharedMemory(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs("/dev/shm");
    return bavail * bsize > 2 ** 30;
  } catch {
    return false;
  }
}

/**
 * The package's font settings only work on AWS. Without any font, Chromium gives text zero width
 * until its web font loads, and crashes on `text-wrap: balance`.
 */
async function configureFonts(folder: string): Promise<string> {
  const path = join(folder, "fonts.conf");
  const fonts = `<dir>${join(folder, "fonts/fonts")}</dir>`;
  const cache = `<cachedir>${join(folder, "fonts-cache")}</cachedir>`;
  const temporaryPath = `${path}.${process.pid}`;
  await writeFile(temporaryPath, `<?xml version="1.0"?><fontconfig>${fonts}${cache}</fontconfig>`);
  // Atomic: another test process may be launching its browser.
  await rename(temporaryPath, path);
  return path;
}

/** Several test processes may install at once; the first one to finish provides the folder. */
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

/** The package always unpacks to the temporary folder, so TMPDIR is changed meanwhile. */
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
