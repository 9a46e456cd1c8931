/** Replaces `react-dom` in the worker (`[alias]` in wrangler.toml), where nothing calls these. */
export const createPortal = throwNotInBrowser;
export const flushSync = throwNotInBrowser;

function throwNotInBrowser(): never {
  throw new Error("react-dom is available only in browsers");
}
