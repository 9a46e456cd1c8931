import { useRootData } from "./root-data";

/** Where people sign up and sign in, to come back to a page where one is named. Another document, for it takes Clerk. */
export function useAccountLinks(back?: string) {
  const root = useRootData();
  const query = back ? `?${new URLSearchParams({ redirect_url: back })}` : "";
  const link = (path: string) => ({ to: path + query, reloadDocument: true });
  return {
    signUp: link(root?.env.CLERK_SIGN_UP_URL ?? "/sign-up"),
    signIn: link(root?.env.CLERK_SIGN_IN_URL ?? "/sign-in"),
  };
}
