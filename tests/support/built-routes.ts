import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, glob, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { buildWorker, builtWorker, remixBuild } from "../../scripts/build.ts";

const accessSchema = z.enum(["public", "user", "admin"]);
type Access = z.infer<typeof accessSchema>;

const routesSchema = z.record(
  z.string(),
  z.object({
    id: z.string(),
    parentId: z.string().optional(),
    path: z.string().optional(),
    index: z.boolean().optional(),
    module: z.object({
      handle: z
        .object({
          access: accessSchema.optional(),
          writes: accessSchema.optional(),
          methods: z.array(z.string()).optional(),
        })
        .optional(),
      default: z.unknown().optional(),
      loader: z.unknown().optional(),
      action: z.unknown().optional(),
    }),
  }),
);

type Routes = z.infer<typeof routesSchema>;

/** A route of the build that has its own URL. */
export interface BuiltRoute {
  id: string;
  /** With parameters: `/admin/users/:userId`, `/account/*`. */
  path: string;
  kind: "page" | "resource";
  isIndex: boolean;
  methods: readonly string[];
  access: Access;
  /** The access level for writes. */
  writeAccess: Access;
}

const config = `import config from "../../remix.config.js";
export default { ...config, server: undefined, appDirectory: "../../app", serverBuildPath: "routes.js",
  assetsBuildDirectory: "assets", serverDependenciesToBundle: "all", serverConditions: ["workerd", "worker", "browser"],
  serverMainFields: ["browser", "module", "main"] };
`;
/** Prints each module's handle, and whether it has a page, a loader and an action. */
const printRoutes = `import { routes } from "./routes.js";
const has = (key, value) => (key === "handle" ? value : typeof value === "function" || undefined);
const described = Object.entries(routes).map(([id, { module, ...route }]) => [id, { ...route,
  module: Object.fromEntries(Object.entries(module).map(([key, value]) => [key, has(key, value)])) }]);
process.stdout.write(JSON.stringify(Object.fromEntries(described)));
`;
const tsconfig = { extends: "../../tsconfig.json", compilerOptions: { baseUrl: "../.." } };

/**
 * Reads the routes compiled by `remix build`, without the worker and its access policy. The
 * strictest access level of a route and its parents applies; the default is "user".
 */
export const readBuiltRoutes = (): Promise<BuiltRoute[]> => (builtRoutes ??= compileRoutes());

let builtRoutes: Promise<BuiltRoute[]> | undefined;

/** Compiling takes 4 s of CPU time, so processes share what is compiled from the same files. */
async function compileRoutes(): Promise<BuiltRoute[]> {
  const file = `build/routes-${await hashSources()}.json`;
  const known = await readFile(file, "utf8").catch(() => compileTo(file));
  return leavesOf(routesSchema.parse(JSON.parse(known)));
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  const files: string[] = [];
  for await (const file of glob(["app/**/*.{ts,tsx}", "remix.config.js"])) files.push(file);
  for (const file of files.toSorted()) hash.update(file).update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

async function compileTo(file: string): Promise<string> {
  const folder = await mkdtemp("build/routes-");
  try {
    await writeFile(join(folder, "remix.config.js"), config);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    await cp("package.json", join(folder, "package.json"));
    await remixBuild({ cwd: folder });
    const output = await runNode(folder, printRoutes);
    await writeFile(join(folder, "routes.json"), output);
    await rename(join(folder, "routes.json"), file);
    return output;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Builds a copy of the application with some files replaced. Call `remove` afterwards. */
export async function buildVariant(files: Record<string, string>) {
  const folder = await mkdtemp("build/variant-");
  for (const name of ["app", "remix.config.js", "package.json", "tsconfig.json", "wrangler.toml"]) {
    await cp(name, join(folder, name), { recursive: true });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await buildWorker(folder);
  return {
    workerPath: join(folder, builtWorker),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function runNode(cwd: string, program: string): Promise<string> {
  const args = ["--input-type=module", "--eval", program];
  return (await promisify(execFile)(process.execPath, args, { cwd })).stdout;
}

function leavesOf(routes: Routes): BuiltRoute[] {
  const all = Object.values(routes);
  const isLayout = (id: string) =>
    id === "root" ||
    all.some(({ parentId, index, path }) => parentId === id && (index || path === undefined)) ||
    (routes[id]?.path === undefined && !routes[id]?.index);
  return all
    .filter(({ id }) => !isLayout(id))
    .map(({ id }) => describe(routeBranch(routes, id)))
    .sort((one, other) => one.path.localeCompare(other.path));
}

function routeBranch(routes: Routes, id: string | undefined): Routes[string][] {
  const route = id === undefined ? undefined : routes[id];
  return route ? [...routeBranch(routes, route.parentId), route] : [];
}

function describe(branch: readonly Routes[string][]): BuiltRoute {
  const leaf = branch.at(-1);
  if (!leaf) throw new Error("The route branch is empty");
  const levels = branch.map(({ module }) => module.handle?.access ?? "user");
  const access = strictest(levels);
  const isPage = leaf.module.default !== undefined;
  const hasAction = branch.some(({ module }) => module.action !== undefined);
  const reads = isPage || leaf.module.loader !== undefined ? ["GET", "HEAD"] : [];
  const writes = (isPage ? hasAction : leaf.module.action)
    ? ["POST", "PUT", "PATCH", "DELETE"]
    : [];
  return {
    id: leaf.id,
    path: `/${branch.flatMap(({ path }) => path || []).join("/")}`,
    kind: isPage ? "page" : "resource",
    isIndex: leaf.index === true,
    methods: leaf.module.handle?.methods ?? [...reads, ...writes],
    access,
    writeAccess: strictest([access, leaf.module.handle?.writes ?? access]),
  };
}

function strictest(levels: readonly Access[]): Access {
  return (["admin", "user"] as const).find((level) => levels.includes(level)) ?? "public";
}
