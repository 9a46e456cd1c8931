import { watch } from "node:fs";
import { dirname } from "node:path";
import { type BuildContext, context, type Plugin } from "esbuild";
import { unstable_readConfig as readWranglerConfig } from "wrangler";
import { bundlerConditions, remixOutput } from "../build.ts";

export const watchedWorker = "build/development.js";

/** Remix writes this file last. */
const remixVersion = "version.txt";

/** Bundles Remix's output, with React's development build, and again whenever Remix rebuilds it. */
export async function watchWorker(onRebuilt: () => Promise<void>): Promise<{ close(): void }> {
  const bundle = await developmentBundle();
  await bundle.rebuild();
  let pending = Promise.resolve();
  const rebuild = async () => {
    await bundle.rebuild();
    await onRebuilt();
  };
  const watcher = watch(dirname(remixOutput), (_, file) => {
    if (file !== remixVersion) return;
    pending = pending.then(rebuild).catch((error: Error) => console.error(error.message));
  });
  return {
    close() {
      watcher.close();
      void bundle.dispose();
    },
  };
}

function developmentBundle(): Promise<BuildContext> {
  return context({
    entryPoints: [remixOutput],
    outfile: watchedWorker,
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    conditions: [...bundlerConditions],
    plugins: [exactAliases(readWranglerConfig({ config: "wrangler.toml" }).alias ?? {})],
    // Without the preloads of a production build.
    define: { "process.env.NODE_ENV": '"development"', CLERK_UI_SCRIPTS: "[]" },
    external: ["cloudflare:*", "node:*"],
    logLevel: "silent",
  });
}

/** As in wrangler, an alias does not apply to the paths below it. */
function exactAliases(aliases: Record<string, string>): Plugin {
  return {
    name: "exact-aliases",
    setup(build) {
      build.onResolve({ filter: /^[@\w]/ }, ({ path, kind }) => {
        const alias = aliases[path];
        return alias ? build.resolve(alias, { kind, resolveDir: process.cwd() }) : undefined;
      });
    },
  };
}
