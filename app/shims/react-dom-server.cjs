/** Replaces `react-dom/server` in the worker (`[alias]` in wrangler.toml): only streaming. */
if (process.env.NODE_ENV === "production") {
  module.exports = require("../../node_modules/react-dom/cjs/react-dom-server.browser.production.min.js");
} else {
  module.exports = require("../../node_modules/react-dom/cjs/react-dom-server.browser.development.js");
}
