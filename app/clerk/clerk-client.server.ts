import { createClerkClient } from "@clerk/remix/api.server";
import type { Environment } from "~/env.server";

type ClerkClient = ReturnType<typeof createClerkClient>;

const clients = new WeakMap<Environment, ClerkClient>();

/** Created once per isolate. */
export function clerkClient(environment: Environment): ClerkClient {
  const existing = clients.get(environment);
  if (existing) return existing;
  const client = createClerkClient({
    publishableKey: environment.CLERK_PUBLISHABLE_KEY,
    secretKey: environment.CLERK_SECRET_KEY,
    ...(environment.CLERK_JWT_KEY && { jwtKey: environment.CLERK_JWT_KEY }),
    ...(environment.CLERK_API_URL && { apiUrl: environment.CLERK_API_URL }),
  });
  clients.set(environment, client);
  return client;
}
