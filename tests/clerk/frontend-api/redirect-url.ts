import { isLoopback } from "../../local-service/control/guard.ts";

/**
 * Parses the URL to return to after a handshake. Allows only loopback hosts and the app's origins,
 * so that the handshake is not an open redirect.
 */
export function allowedRedirect(text: string | undefined, appOrigins: string[]): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  return isLoopback(url.hostname) || appOrigins.includes(url.origin) ? url : undefined;
}
