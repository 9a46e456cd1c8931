/** What stands for `react/jsx-runtime` in the worker, for the same reason as `react.js` beside it. */
import runtime from "../../node_modules/react/jsx-runtime.js";

export const { Fragment, jsx, jsxs } = runtime;
