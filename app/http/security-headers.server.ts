import type { Environment } from "~/env.server";
import { denyAllPolicy, documentPolicy } from "./content-security-policy.server";

const commonHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
  // Sign-in with another service opens a popup that must be able to reply.
  "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const oneYear = "max-age=31536000";
const noStore = "private, no-store";

interface SecurityHeaderOptions {
  /** Null if the settings are invalid. */
  environment: Environment | null;
  nonce: string;
  /** True if the response depends on the user; it is then never stored. */
  isPersonal: boolean;
  /** False if search engines must not list the URL. */
  isIndexed: boolean;
}

/** The only place that sets security headers. Documents and personal responses are never stored. */
export function withSecurityHeaders(response: Response, options: SecurityHeaderOptions): Response {
  const { environment, nonce, isPersonal, isIndexed } = options;
  const { headers } = response;
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
  const isDocument = headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (!headers.has("Content-Security-Policy")) {
    const policy = isDocument && environment ? documentPolicy(nonce, environment) : denyAllPolicy;
    headers.set("Content-Security-Policy", policy);
  }
  if (environment?.SERVER_URL.startsWith("https:")) {
    const scope = environment.HSTS_INCLUDE_SUBDOMAINS ? "; includeSubDomains" : "";
    headers.set("Strict-Transport-Security", oneYear + scope);
  }
  if (!isIndexed) headers.set("X-Robots-Tag", "noindex");
  if (isPersonal || isDocument || !headers.has("Cache-Control")) {
    headers.set("Cache-Control", noStore);
  }
  return response;
}
