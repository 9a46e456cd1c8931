/** Replaces `react/jsx-runtime` in the worker (`[alias]` in wrangler.toml) with an ES module. */
import runtime from "../../node_modules/react/jsx-runtime.js";

export const { Fragment, jsx, jsxs } = runtime;
