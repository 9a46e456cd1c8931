/** @type {import("@remix-run/dev").AppConfig} */
export default {
  server: "./app/entry.worker.ts",
  serverBuildPath: "build/remix/index.js",
  // Wrangler puts the packages in (scripts/build.ts): it can be told which form of each to take.
  serverDependenciesToBundle: [],
  serverModuleFormat: "esm",
  serverPlatform: "neutral",
  tailwind: false,
  postcss: true,
  ignoredRouteFiles: ["**/.*"],
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
};
