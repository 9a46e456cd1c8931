import shared from "../../remix.config.js";

/**
 * The application's own compiler options, for the rival in this folder.
 * @param {string} name
 * @returns {import("@remix-run/dev").AppConfig}
 */
export const rivalConfig = (name) => ({
  ...shared,
  appDirectory: ".",
  server: "./entry.worker.ts",
  serverBuildPath: `../../../build/rivals/${name}/remix/index.js`,
  assetsBuildDirectory: `../../../build/rivals/${name}/browser`,
  cacheDirectory: `../../../build/rivals/${name}/cache`,
});
