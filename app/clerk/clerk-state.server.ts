import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

/** Passes only the verified token, so that `rootAuthLoader` cannot start a handshake or throw. */
export function withVerifiedToken(args: LoaderFunctionArgs): LoaderFunctionArgs {
  const { session } = args.context;
  const headers = new Headers();
  if (session) headers.set("Authorization", `Bearer ${session.token}`);
  return { ...args, request: new Request(new URL("/", args.request.url), { headers }) };
}
