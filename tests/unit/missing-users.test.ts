import { expect, test } from "vitest";
import { createClerkUsers } from "../../app/clerk/users-api.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import {
  isWithinDeletionLimit,
  lookUpMissing,
} from "../../app/features/reconcile/missing-users.server.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { startUserListServer } from "../support/clerk-user-list.ts";

const user = (id: string) => ({ id, updated_at: 1 });

async function lookUp(ids: readonly string[]) {
  const unreadable = { ...user("user_unreadable"), updated_at: null };
  const server = await startUserListServer([user("user_listed"), unreadable, user("user_other")], {
    unlisted: [user("user_unlisted")],
  });
  try {
    const appOrigin = "http://localhost:8787";
    const environment = readEnvironment({
      ...localClerkEnvironment({ clerkOrigin: server.origin, appOrigin }),
      CLERK_API_URL: server.origin,
    });
    const found = await lookUpMissing({ clerkUsers: createClerkUsers(environment) }, ids);
    return { states: found.states.map(({ clerkUserId }) => clerkUserId), missing: found.missing };
  } finally {
    await server.close();
  }
}

test("only users whom Clerk neither lists nor finds one by one are missing", async () => {
  expect(
    await lookUp(["user_listed", "user_missing", "user_unreadable", "user_unlisted", "user_gone"]),
  ).toEqual({
    states: ["user_listed", "user_unlisted"],
    missing: ["user_missing", "user_gone"],
  });
  expect(await lookUp([])).toEqual({ states: [], missing: [] });
});

test("users beyond the limit of one look-up are looked up one by one", async () => {
  const missing = Array.from({ length: 100 }, (_, index) => `user_missing${index}`);
  expect(await lookUp([...missing, "user_listed"])).toEqual({ states: ["user_listed"], missing });
});

test.each([
  [0, 0, true],
  [20, 20, true],
  [21, 104, false],
  [21, 105, true],
  [22, 105, false],
  [500, 2_500, true],
  [501, 2_500, false],
])("%i missing of %i users may be deleted: %s", (missing, checked, expected) => {
  expect(isWithinDeletionLimit(missing, checked)).toBe(expected);
});
