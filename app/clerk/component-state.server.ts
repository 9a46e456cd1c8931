import * as z from "zod";
import type { Authentication } from "./session.server";

/** Where `rootAuthLoader` puts its state, and `ClerkApp` looks for it. */
const stateSchema = z.object({
  clerkState: z.object({ __internal_clerk_state: z.record(z.string(), z.unknown()) }),
});
type ComponentState = z.infer<typeof stateSchema>;

const known = new WeakMap<Authentication, ComponentState>();

/**
 * What `rootAuthLoader` makes of a request for Clerk's components. It says nothing that is not in the session token and the
 * settings, so one authentication needs it once; `rootAuthLoader` by itself authenticates anew each time.
 * @throws {Response} where Clerk wants its handshake after all.
 */
export async function componentStateOf(
  authentication: Authentication,
  load: () => Promise<unknown>,
): Promise<ComponentState> {
  const kept = known.get(authentication);
  if (kept) return kept;
  const answer = await load();
  const state = withoutUnset(
    stateSchema.parse(answer instanceof Response ? await answer.json() : answer),
  );
  known.set(authentication, state);
  return state;
}

/** Every document carries the state: the settings that are not set, most of them, and what is only for debugging stay here. */
function withoutUnset({ clerkState }: ComponentState): ComponentState {
  const set = Object.entries(clerkState.__internal_clerk_state).filter(
    ([name, value]) => name !== "__clerk_debug" && value !== "" && value !== false,
  );
  return { clerkState: { __internal_clerk_state: Object.fromEntries(set) } };
}
