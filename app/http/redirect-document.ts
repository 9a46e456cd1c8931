/** Redirects after a full page load, for targets that the open document cannot show. */
export { redirectDocument } from "@remix-run/cloudflare";
