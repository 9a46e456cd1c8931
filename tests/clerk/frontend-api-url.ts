import { productionOrigin, proxyPath } from "./deployment.ts";
import type { Instance } from "./instance.ts";

/** Where browsers reach the Frontend API. */
export function frontendApiUrl({ deployment, settings }: Instance): string {
  const { setup, frontendApiHost } = deployment;
  if (setup === "development" || setup === "cname") return `https://${frontendApiHost}`;
  const appOrigin = setup === "proxy" ? productionOrigin : new URL(settings().webhooks.url).origin;
  return appOrigin + proxyPath;
}
