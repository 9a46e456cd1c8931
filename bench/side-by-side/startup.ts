import { once } from "node:events";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_readConfig as readWranglerConfig } from "wrangler";
import * as z from "zod";
import { type ProgramName, programOf } from "./programs.ts";

const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
const messageSchema = z.object({
  id: z.number().optional(),
  result: z.object({ profile: profileSchema.optional() }).optional(),
});
type Profile = z.infer<typeof profileSchema>;

const samplingIntervalMicroseconds = 250;

/**
 * The CPU time to load a program's module, measured like `wrangler check startup`: another worker
 * imports it while V8's profiler runs, and all samples that are not idle count.
 */
export async function startupMs(program: ProgramName): Promise<number> {
  const { main, compatibilityFlags = [] } = programOf(program);
  const { compatibility_date } = readWranglerConfig({ config: "wrangler.toml" });
  const importer = `export default { async fetch() { await import("./${main}"); return new Response(); } };`;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: "startup",
      compatibilityDate: compatibility_date,
      compatibilityFlags: [...compatibilityFlags],
      modulesRoot: process.cwd(),
      modules: [
        { type: "ESModule", path: "importer.js", contents: importer },
        { type: "ESModule", path: main },
      ],
      inspectorPort: 0,
    }),
  );
  try {
    const url = new URL("/core:user:startup", await miniflare.getInspectorURL());
    return busyMs(await profile(url, () => miniflare.dispatchFetch("http://localhost/")));
  } finally {
    await miniflare.dispose();
  }
}

async function profile(url: URL, run: () => Promise<unknown>): Promise<Profile> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  const responses = new Map<number, (profile: Profile | undefined) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = messageSchema.parse(JSON.parse(String(data)));
    if (id !== undefined) responses.get(id)?.(result?.profile);
  });
  let calls = 0;
  const call = (method: string, params: object = {}) => {
    const id = ++calls;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise<Profile | undefined>((resolve) => responses.set(id, resolve));
  };
  await call("Profiler.enable");
  await call("Profiler.setSamplingInterval", { interval: samplingIntervalMicroseconds });
  await call("Profiler.start");
  await run();
  const result = await call("Profiler.stop");
  socket.close();
  if (!result) throw new Error("The profiler returned no profile");
  return result;
}

function busyMs({ nodes, samples, timeDeltas }: Profile): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id),
  );
  const microseconds = samples.reduce(
    (sum, node, i) => sum + (idle.has(node) ? 0 : (timeDeltas[i] ?? 0)),
    0,
  );
  return microseconds / 1000;
}
