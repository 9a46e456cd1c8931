/** ClerkJS, once it has loaded; only what we use. */
interface Window {
  Clerk?: {
    session?: { getToken(options: { skipCache: boolean }): Promise<string | null> } | null;
  };
}
