import { ClerkProvider, type ClerkProviderProps } from "@clerk/clerk-react";
import { useLoaderData, useLocation, useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** What `rootAuthLoader` of `@clerk/remix` adds to the data of the root route. */
interface ClerkData {
  clerkState: {
    __internal_clerk_state: {
      __clerk_ssr_state: NonNullable<ClerkProviderProps["initialState"]>;
      __publishableKey: string;
      __proxyUrl?: string;
      __signInUrl?: string;
      __signUpUrl?: string;
      __signInFallbackRedirectUrl?: string;
      __signUpFallbackRedirectUrl?: string;
      __clerkJSUrl?: string;
      __telemetryDisabled?: boolean;
    };
  };
}

/**
 * Replaces `ClerkApp` of `@clerk/remix`, which is CommonJS: with it, browsers load all of Clerk's
 * React package and of `@remix-run/react`, 30 kB gzip more.
 */
export function ClerkApp(
  props: Pick<ClerkProviderProps, "children" | "appearance" | "nonce" | "allowedRedirectOrigins">,
) {
  const { clerkState } = useLoaderData<ClerkData>();
  const state = clerkState.__internal_clerk_state;
  const navigate = useAwaitableNavigate();
  return (
    <ClerkProvider
      {...props}
      initialState={state.__clerk_ssr_state}
      publishableKey={state.__publishableKey}
      proxyUrl={state.__proxyUrl}
      signInUrl={state.__signInUrl}
      signUpUrl={state.__signUpUrl}
      signInFallbackRedirectUrl={state.__signInFallbackRedirectUrl}
      signUpFallbackRedirectUrl={state.__signUpFallbackRedirectUrl}
      clerkJSUrl={state.__clerkJSUrl}
      telemetry={{ disabled: state.__telemetryDisabled }}
      routerPush={(to) => navigate(to)}
      routerReplace={(to) => navigate(to, { replace: true })}
    />
  );
}

function useAwaitableNavigate() {
  const navigate = useNavigate();
  const location = useLocation();
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    for (const resolve of waiting.current.splice(0)) resolve();
  }, [location]);
  return (to: string, options?: { replace: boolean }) =>
    new Promise<void>((resolve) => {
      waiting.current.push(resolve);
      navigate(to, options);
    });
}
