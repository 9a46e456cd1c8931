import type { Browser } from "playwright-core";
import { deploymentOf, productionOrigin, type Setup } from "../../clerk/deployment.ts";
import { type LaunchOptions, launchBrowser } from "../browser.ts";
import { type Platform, startPlatform } from "../platform.ts";
import { createCertificate } from "./certificate.ts";
import { startTlsTerminator } from "./tls-terminator.ts";

export interface ClerkSite {
  platform: Platform;
  /** Knows the https hosts of the setup. */
  browser: Browser;
  /** With which any Chromium knows these hosts. */
  browserArgs: readonly string[];
  /** Origins that the site's pages may use. */
  clerkOrigins: readonly string[];
  close(): Promise<void>;
}

interface SiteOptions extends LaunchOptions {
  /** Of the worker, besides those of the setup. */
  variables?: Record<string, string>;
}

/** Starts the site with Clerk in a setup, and a browser that reaches its https hosts. */
export async function startClerkSite(
  clerkSetup: Setup,
  { variables = {}, ...options }: SiteOptions = {},
): Promise<ClerkSite> {
  const platform = await startPlatform(variables, { clerkSetup });
  const { frontendApiHost } = deploymentOf(clerkSetup);
  const ports = {
    [new URL(productionOrigin).hostname]: portOf(platform.origin),
    [frontendApiHost]: portOf(platform.clerkOrigin),
  };
  const certificate = await createCertificate(Object.keys(ports));
  const terminator = await startTlsTerminator(certificate, ports);
  const rules = Object.keys(ports).map((host) => `MAP ${host} 127.0.0.1:${terminator.port}`);
  const browserArgs = [
    `--host-resolver-rules=${rules.join(",")}`,
    `--ignore-certificate-errors-spki-list=${certificate.spkiHash}`,
  ];
  const args = [...browserArgs, ...(options.args ?? [])];
  const browser = await launchBrowser({ ...options, args });
  return {
    platform,
    browser,
    browserArgs,
    clerkOrigins: clerkSetup === "proxy" ? [] : [`https://${frontendApiHost}`],
    async close() {
      await browser.close();
      await terminator.close();
      await platform.close();
    },
  };
}

const portOf = (origin: string) => Number(new URL(origin).port);
