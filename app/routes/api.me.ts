import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { getCurrentUser } from "~/features/users/current-user.server";
import { publicProfile } from "~/features/users/user";

export const handle = { usesCachedUser: true };

/** Accepts the session cookie or `Authorization: Bearer <session token>`. */
export async function loader(args: LoaderFunctionArgs) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  return Response.json(publicProfile(user));
}
