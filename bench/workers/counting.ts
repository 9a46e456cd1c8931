/**
 * A worker with its calls to D1, KV and the network counted and timed; the program stands where the build does. With
 * `WITHOUT_OUTBOX` one query is not passed on: that of the outbox, whose pushes are another job of the same cron tick.
 */

// Before the build, which takes hold of `fetch` while it loads.
import "./meters.ts";
// @ts-expect-error The build is JavaScript, and made after the types are checked.
import worker from "../../build/index.js";
import { countedDatabase, priceQueries } from "./counted-database.ts";
import { counters, resetCounters, timed } from "./meters.ts";

interface CountedEnv extends Env {
  WITHOUT_OUTBOX?: string;
  NAMES_ARE_UNIQUE?: string;
}

/** The namespace with every call counted by the method's name. */
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

const count = (env: CountedEnv) => ({
  ...env,
  DB: countedDatabase(env.DB, {
    withoutOutbox: env.WITHOUT_OUTBOX !== undefined,
    namesAreUnique: env.NAMES_ARE_UNIQUE !== undefined,
  }),
  USERS_KV: countedCache(env.USERS_KV),
});

const known = new WeakMap<CountedEnv, ReturnType<typeof count>>();

/** The same object for the same bindings, as the runtime gives it: programs keep things by it. */
function counted(env: CountedEnv) {
  const bindings = known.get(env) ?? count(env);
  known.set(env, bindings);
  return bindings;
}

export default {
  async fetch(request: Request, env: CountedEnv, ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname !== "/__counters")
      return worker.fetch(request, counted(env), ctx);
    await priceQueries();
    const response = Response.json(counters);
    if (request.method === "POST") resetCounters();
    return response;
  },
  scheduled: (event: ScheduledController, env: CountedEnv, ctx: ExecutionContext) =>
    worker.scheduled(event, counted(env), ctx),
};
