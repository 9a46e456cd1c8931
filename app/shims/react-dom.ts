/**
 * What stands for `react-dom` in the worker (`[alias]` in wrangler.toml). The router, Clerk's components and Radix import these
 * two, and call them in a browser only; the package itself is 130 kB of a browser's work.
 */
export const createPortal = notInWorker;
export const flushSync = notInWorker;

function notInWorker(): never {
  throw new Error("react-dom works in a browser only");
}
