import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

/**
 * `rootAuthLoader` authenticates by itself. Given the verified token alone, it can neither start a
 * handshake nor redeem one, and reads nothing that it could throw on.
 */
export function withVerifiedToken(args: LoaderFunctionArgs): LoaderFunctionArgs {
  const { session } = args.context;
  const headers = new Headers();
  if (session) headers.set("Authorization", `Bearer ${session.token}`);
  return { ...args, request: new Request(new URL("/", args.request.url), { headers }) };
}
