/**
 * Gives tests the bindings of the built worker, which runs next to it. One request is one chain of
 * calls, such as `DB.prepare(…).bind(…).first()`. Types are stripped before loading.
 */
type Call = [method: string, ...args: unknown[]];

interface Chain {
  binding: string;
  calls: Call[];
}

const start = (target: unknown, calls: Call[]) =>
  calls.reduce<unknown>((object, [method, ...args]) => {
    const owner = Object(object);
    return Reflect.apply(Reflect.get(owner, method), owner, args);
  }, target);

/** The statements of a batch are chains, too. */
function run(target: unknown, calls: Call[]): unknown {
  const [method, statements] = calls[0] ?? [];
  if (method !== "batch" || !Array.isArray(statements)) return start(target, calls);
  return start(target, [["batch", statements.map((one) => start(target, one))]]);
}

export default {
  async fetch(request: Request, env: object): Promise<Response> {
    const { binding, calls } = await request.json<Chain>();
    try {
      return Response.json((await run(Reflect.get(env, binding), calls)) ?? null);
    } catch (error) {
      return new Response(error instanceof Error ? error.message : String(error), { status: 500 });
    }
  },
};
