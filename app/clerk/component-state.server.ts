import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import * as z from "zod";
import type { Authentication, Session } from "./session.server";

/** Where `rootAuthLoader` puts its state, and `ClerkApp` looks for it. */
const stateSchema = z.object({
  clerkState: z.object({ __internal_clerk_state: z.record(z.string(), z.unknown()) }),
});
type ComponentState = z.infer<typeof stateSchema>;

const known = new WeakMap<Authentication, ComponentState>();

/**
 * What `rootAuthLoader` makes of a request for Clerk's components. It says nothing that is not in the session token and the
 * settings, so one authentication needs it once; `rootAuthLoader` by itself authenticates anew each time. Who asks was settled
 * at the worker's entry: of somebody with a session it is told the token alone, and cannot want a handshake of its own.
 */
export async function componentStateOf(
  args: LoaderFunctionArgs,
  load: (args: LoaderFunctionArgs) => Promise<unknown>,
): Promise<ComponentState> {
  const { authentication, session } = args.context;
  const kept = known.get(authentication);
  if (kept) return kept;
  const answer = await load(
    session ? { ...args, request: withToken(args.request, session) } : args,
  );
  const state = withoutUnset(
    stateSchema.parse(answer instanceof Response ? await answer.json() : answer),
  );
  known.set(authentication, state);
  return state;
}

function withToken({ url }: Request, { token }: Session): Request {
  return new Request(url, { headers: { Authorization: `Bearer ${token}` } });
}

/** Every document carries the state: the settings that are not set, most of them, and what is only for debugging stay here. */
function withoutUnset({ clerkState }: ComponentState): ComponentState {
  const set = Object.entries(clerkState.__internal_clerk_state).filter(
    ([name, value]) => name !== "__clerk_debug" && value !== "" && value !== false,
  );
  return { clerkState: { __internal_clerk_state: Object.fromEntries(set) } };
}
