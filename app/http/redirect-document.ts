/** Redirects with a full page load, for targets outside the current document. */
export { redirectDocument } from "@remix-run/cloudflare";
