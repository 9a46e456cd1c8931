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
 * settings, so one authentication needs it once; `rootAuthLoader` by itself authenticates anew each time.
 */
export async function componentStateOf(
  args: LoaderFunctionArgs,
  load: (args: LoaderFunctionArgs) => Promise<unknown>,
): Promise<ComponentState> {
  const { authentication, session } = args.context;
  const kept = known.get(authentication);
  if (kept) return kept;
  const answer = await load({ ...args, request: withTokenOnly(args.request, session) });
  const state = withoutUnset(
    stateSchema.parse(answer instanceof Response ? await answer.json() : answer),
  );
  known.set(authentication, state);
  return state;
}

/** With no cookies, no parameters and no `Accept` the SDK has nothing to begin or redeem a handshake for. */
function withTokenOnly({ url }: Request, session: Session | null): Request {
  const headers = new Headers();
  if (session) headers.set("Authorization", `Bearer ${session.token}`);
  return new Request(new URL("/", url), { headers });
}

/** Every document carries the state: the settings that are not set, most of them, and what is only for debugging stay here. */
function withoutUnset({ clerkState }: ComponentState): ComponentState {
  const set = Object.entries(clerkState.__internal_clerk_state).filter(
    ([name, value]) => name !== "__clerk_debug" && value !== "" && value !== false,
  );
  return { clerkState: { __internal_clerk_state: Object.fromEntries(set) } };
}
