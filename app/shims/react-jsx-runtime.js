/**
 * Replaces `react/jsx-runtime` in the worker (`[alias]` in wrangler.toml) by an ES module. The package is CommonJS: each module that
 * imports it would copy its getters.
 */
import runtime from "../../node_modules/react/jsx-runtime.js";

export const { Fragment, jsx, jsxs } = runtime;
