/**
 * Wraps a worker and counts and times its calls to D1, KV and the network. `WITHOUT_OUTBOX` hides
 * pending metadata pushes, which are a separate job of the same cron.
 */

// Must come before the build, which reads `fetch` while loading.
import "./meters.ts";
// @ts-expect-error The build is JavaScript and does not exist yet when types are checked.
import worker from "../../build/index.js";
import { countedDatabase, measureQueries } from "./counted-database.ts";
import { counters, resetCounters, timed } from "./meters.ts";

interface CountedEnv extends Env {
  WITHOUT_OUTBOX?: string;
  NAMES_ARE_UNIQUE?: string;
}

/** Counts the calls by method. */
function countedCache(kv: KVNamespace): object {
  return new Proxy(kv, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...args: unknown[]) =>
        timed(`KV ${String(name)}`, async () => Reflect.apply(method, target, args));
    },
  });
}

const wrapBindings = (env: CountedEnv) => ({
  ...env,
  DB: countedDatabase(env.DB, {
    withoutOutbox: env.WITHOUT_OUTBOX !== undefined,
    namesAreUnique: env.NAMES_ARE_UNIQUE !== undefined,
  }),
  USERS_KV: countedCache(env.USERS_KV),
});

const wrappedBindings = new WeakMap<CountedEnv, ReturnType<typeof wrapBindings>>();

/** Returns the same object for the same bindings: programs use it as a cache key. */
function countedBindings(env: CountedEnv) {
  const bindings = wrappedBindings.get(env) ?? wrapBindings(env);
  wrappedBindings.set(env, bindings);
  return bindings;
}

export default {
  async fetch(request: Request, env: CountedEnv, ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname !== "/__counters")
      return worker.fetch(request, countedBindings(env), ctx);
    await measureQueries();
    const response = Response.json(counters);
    if (request.method === "POST") resetCounters();
    return response;
  },
  scheduled: (event: ScheduledController, env: CountedEnv, ctx: ExecutionContext) =>
    worker.scheduled(event, countedBindings(env), ctx),
};
