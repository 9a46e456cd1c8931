/**
 * The layers of app/, from the lowest to the highest. A file imports from its own layer and from
 * lower ones, types included. Run by `npm run check`.
 */
const layers = [
  "^app/(errors|env\\.server)\\.ts$|^app/log/|^app/[^/]+\\.d\\.ts$",
  "^app/http/",
  "^app/db/",
  "^app/cache/",
  "^app/access/",
  "^app/clerk/",
  "^app/stripe/",
  "^app/ui/",
  "^app/layout/",
  "^app/context\\.server\\.ts$|^app/features/users/",
  "^app/features/courses/",
  "^app/features/purchases/",
  "^app/features/search/",
  "^app/features/course-editor/",
  "^app/features/learning/",
  "^app/features/reconcile/",
  "^app/features/admin/",
  "^app/worker/",
  "^app/routes/",
  "^app/(root|entry\\.(client|server|worker))\\.tsx?$",
];

const upwardImports = layers.slice(0, -1).map((layer, index) => ({
  name: `no-upward-import-${index + 1}`,
  comment: `These files may only import from the layers before them here.`,
  severity: "error",
  from: { path: layer },
  to: { path: layers.slice(index + 1).join("|") },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...upwardImports,
    {
      name: "every-file-has-a-layer",
      comment: "A new folder of app/ needs its place among the layers.",
      severity: "error",
      from: {},
      to: { path: "^app/", pathNot: `${layers.join("|")}|^app/(styles|shims)/` },
    },
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "app-is-self-contained",
      comment: "Nothing of the tests, scripts or benchmarks is deployed.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(tests|scripts|bench)/" },
    },
    {
      name: "no-framework-in-rules",
      comment:
        "Queries and rules take AppContext (app/context.server.ts), so that another router can call them.",
      severity: "error",
      from: { path: "^app/(access|db|cache)/|^app/features/[^/]+/[^/]+\\.ts$" },
      to: { path: "node_modules/@remix-run/" },
    },
    {
      name: "clerk-in-one-place",
      severity: "error",
      from: { path: "^app/(access|cache|db|features|http|stripe|ui)/" },
      to: { path: "node_modules/@clerk/" },
    },
    {
      name: "page-views-never-parse-markdown",
      comment:
        "They show stored HTML. A hostile text would cost every visitor the time of parsing.",
      severity: "error",
      from: { path: "^app/(features/learning/|routes/(_index|courses\\.))" },
      to: { path: "^app/features/courses/markdown\\.server\\.ts$", reachable: true },
    },
    {
      name: "stripe-in-one-place",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/stripe/" },
      to: { path: "node_modules/stripe/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|public)/|^bench/rivals/.*/(build|public)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".d.ts", ".js", ".cjs", ".mjs", ".json"],
    },
  },
};
