import { expect, test } from "vitest";
import { assertActive, hasEnded, isActive } from "../../app/access/active-user.server.ts";
import { refuseImpersonation } from "../../app/access/refuse-impersonation.server.ts";
import { AccountBannedError, AccountDeletedError, ImpersonationError } from "../../app/errors.ts";

test.each([
  { deletedAt: null, bannedAt: null, error: null },
  { deletedAt: 1, bannedAt: null, error: AccountDeletedError },
  { deletedAt: null, bannedAt: 1, error: AccountBannedError },
  { deletedAt: 1, bannedAt: 1, error: AccountDeletedError },
])("only users who are neither deleted nor banned are active: %o", ({ error, ...user }) => {
  expect(isActive(user)).toBe(error === null);
  if (error) expect(() => assertActive(user)).toThrow(error);
  else assertActive(user);
});

test("only the listed sessions have ended", () => {
  const endedSessions = ["sess_1", "sess_2"].map((id) => ({ id, until: 1 }));
  expect(hasEnded({ sessionId: "sess_1" }, { endedSessions })).toBe(true);
  expect(hasEnded({ sessionId: "sess_3" }, { endedSessions })).toBe(false);
  expect(hasEnded({ sessionId: "sess_1" }, { endedSessions: null })).toBe(false);
});

test("an impersonator is refused, the user and visitors are not", () => {
  expect(() => refuseImpersonation({ session: { actorId: "user_1" } })).toThrow(ImpersonationError);
  refuseImpersonation({ session: { actorId: null } });
  refuseImpersonation({ session: null });
});
