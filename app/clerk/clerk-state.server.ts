import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import type { Environment } from "~/env.server";
import { afterSignInPath } from "~/http/redirect-urls.server";

/** Passes only the verified token, so that `rootAuthLoader` cannot start a handshake or throw. */
export function withVerifiedToken(args: LoaderFunctionArgs): LoaderFunctionArgs {
  const { session } = args.context;
  const headers = new Headers();
  if (session) headers.set("Authorization", `Bearer ${session.token}`);
  return { ...args, request: new Request(new URL("/", args.request.url), { headers }) };
}

export function clerkOptions(environment: Environment) {
  return {
    signInUrl: environment.CLERK_SIGN_IN_URL,
    signUpUrl: environment.CLERK_SIGN_UP_URL,
    signInFallbackRedirectUrl: afterSignInPath,
    signUpFallbackRedirectUrl: afterSignInPath,
    ...(environment.CLERK_JWT_KEY && { jwtKey: environment.CLERK_JWT_KEY }),
  };
}
