import type { Environment } from "~/env.server";
import { denyAllPolicy, documentPolicy } from "./content-security-policy.server";

/** On every answer of ours, whatever it is. */
const commonHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
  // Signing in with another service opens a window, which has to be able to answer.
  "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const oneYear = "max-age=31536000";
const noStore = "private, no-store";

interface SecurityHeaderOptions {
  /** Null where the settings could not be read. */
  environment: Environment | null;
  nonce: string;
  /** Whether the answer depends on who asks; it is then never stored, whatever its route says. */
  isPersonal: boolean;
}

/**
 * The answer with the headers that protect it set on it: the only place that sets them. What answers a request with a nonce or with
 * somebody's session is stored nowhere; an answer that is the same for everybody may say how long it keeps.
 */
export function withSecurityHeaders(response: Response, options: SecurityHeaderOptions): Response {
  const { environment, nonce, isPersonal } = options;
  const { headers } = response;
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
  const isDocument = headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (!headers.has("Content-Security-Policy")) {
    const policy = isDocument && environment ? documentPolicy(nonce, environment) : denyAllPolicy;
    headers.set("Content-Security-Policy", policy);
  }
  if (environment?.SERVER_URL.startsWith("https:")) {
    headers.set("Strict-Transport-Security", oneYear);
  }
  if (isPersonal || isDocument || !headers.has("Cache-Control")) {
    headers.set("Cache-Control", noStore);
  }
  return response;
}
