import { isClerkAPIResponseError } from "@clerk/remix/errors";
import type { Environment } from "../env.server";
import { ServiceUnavailableError } from "../errors";
import type { Role, UserState } from "../features/users/user";
import { clerkClient } from "./client.server";
import { clerkUserSchema } from "./user-state.server";

/** The users as Clerk's Backend API knows them. */
export interface ClerkUsers {
  /**
   * The person's state now; null where Clerk has no such user.
   * @throws {ServiceUnavailableError} when Clerk does not answer.
   */
  find(clerkUserId: string): Promise<UserState | null>;
  /**
   * Writes our projection into `publicMetadata`, leaving all else there as it is.
   * @throws {ServiceUnavailableError} when Clerk does not take it.
   */
  writeMetadata(clerkUserId: string, metadata: { dbId: string; role: Role }): Promise<void>;
}

export function createClerkUsers(environment: Environment): ClerkUsers {
  const { users } = clerkClient(environment);
  return {
    async find(clerkUserId) {
      try {
        return clerkUserSchema.parse((await users.getUser(clerkUserId)).raw);
      } catch (cause) {
        if (isClerkAPIResponseError(cause) && cause.status === 404) return null;
        throw new ServiceUnavailableError("Clerk did not answer", { cause });
      }
    },
    async writeMetadata(clerkUserId, metadata) {
      try {
        await users.updateUserMetadata(clerkUserId, { publicMetadata: metadata });
      } catch (cause) {
        throw new ServiceUnavailableError("Clerk did not take the metadata", { cause });
      }
    },
  };
}
