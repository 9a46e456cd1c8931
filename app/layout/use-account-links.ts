import { useRootData } from "./root-data";

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
