import { useRouteLoaderData } from "@remix-run/react";
import type { BrowserEnvironment } from "~/env.server";

/** From session claims: good enough to show a link, never to grant access. */
export type Viewer = { isAdmin: boolean; isImpersonated: boolean } | null;

export interface RootData {
  env: BrowserEnvironment;
  viewer: Viewer;
}

/** Undefined on an error page. */
export const useRootData = () => useRouteLoaderData<RootData>("root");

/** Sign-up and sign-in links load a new document, because those pages need Clerk. */
export function useAccountLinks(returnTo?: string) {
  const root = useRootData();
  const query = returnTo ? `?${new URLSearchParams({ redirect_url: returnTo })}` : "";
  const link = (path: string) => ({ to: path + query, reloadDocument: true });
  return {
    signUp: link(root?.env.CLERK_SIGN_UP_URL ?? "/sign-up"),
    signIn: link(root?.env.CLERK_SIGN_IN_URL ?? "/sign-in"),
  };
}
