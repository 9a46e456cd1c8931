import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UNSAFE_flatRoutes as flatRoutes } from "@remix-run/dev";
import shared from "../../remix.config.js";

const here = import.meta.dirname;

/**
 * The application's own compiler options, for the rival in this folder. It gets every route of the
 * application, because Remix takes longer to match the more there are: those that the rival lacks
 * show an empty page.
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
  routes: async () =>
    Object.fromEntries(
      Object.entries(flatRoutes(resolve(here, "../../app"), shared.ignoredRouteFiles))
        .filter(([, { file }]) => !existsSync(resolve(here, name, file)))
        .map(([id, route]) => [id, { ...route, file: "../shared/empty-page.tsx" }]),
    ),
});
