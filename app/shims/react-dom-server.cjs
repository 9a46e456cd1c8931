/**
 * What stands for `react-dom/server` in the worker (`[alias]` in wrangler.toml): the renderer that streams. The package's own entry
 * brings the one that does not as well. `npm run dev` has the renderer that warns of what a page should not do.
 */
if (process.env.NODE_ENV === "production") {
  module.exports = require("../../node_modules/react-dom/cjs/react-dom-server.browser.production.min.js");
} else {
  module.exports = require("../../node_modules/react-dom/cjs/react-dom-server.browser.development.js");
}
