/**
 * The address a handshake may return to: on this machine, or on the origin of the app.
 * Everything else is refused, for a handshake must not become an open redirect.
 */
export function allowedRedirect(text: string | undefined, appOrigins: string[]): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  return isLoopback(url.hostname) || appOrigins.includes(url.origin) ? url : undefined;
}

/** Whether a host name can only mean this machine (RFC 6761, RFC 1122). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
