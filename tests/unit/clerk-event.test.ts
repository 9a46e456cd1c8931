import { expect, test } from "vitest";
import { parseClerkEvent } from "../../app/clerk/webhook-event.server.ts";

const parse = (event: unknown, instanceId?: string) =>
  parseClerkEvent(JSON.stringify(event), instanceId);

const rejected = { kind: "rejected" };

test.each(["user.created", "user.updated"])("%s carries the user's new state", (type) => {
  const data = { id: "user_1", updated_at: 7 };
  expect(parse({ type, data })).toMatchObject({
    type,
    clerkUserId: "user_1",
    change: { kind: "state", state: { clerkUserId: "user_1", clerkUpdatedAt: 7 } },
    error: null,
  });
  expect(parse({ type, data: { id: "user_1" } })).toEqual({
    type,
    clerkUserId: "user_1",
    change: rejected,
    error: "updated_at: invalid_type",
  });
  expect(parse({ type, data: { updated_at: 7 } })).toEqual({
    type,
    clerkUserId: null,
    change: rejected,
    error: "id: invalid_type",
  });
});

test("user.deleted deletes the user", () => {
  const type = "user.deleted";
  expect(parse({ type, data: { id: "user_1", deleted: true } })).toEqual({
    type,
    clerkUserId: "user_1",
    change: { kind: "deletion", clerkUserId: "user_1" },
    error: null,
  });
  for (const data of [undefined, null, {}, { id: "" }, { id: 1 }]) {
    expect(parse({ type, data })).toMatchObject({ clerkUserId: null, change: rejected });
  }
});

test.each(["session.ended", "session.removed", "session.revoked"])("%s ends it", (type) => {
  const data = { id: "sess_1", user_id: "user_1" };
  expect(parse({ type, data })).toEqual({
    type,
    clerkUserId: "user_1",
    change: { kind: "ended-session", clerkUserId: "user_1", sessionId: "sess_1" },
    error: null,
  });
  for (const missing of [{ user_id: "user_1" }, { id: "sess_1" }]) {
    expect(parse({ type, data: missing })).toMatchObject({ clerkUserId: null, change: rejected });
  }
});

test.each(["", "user", "user.createdx", "session.created", "email.created"])(
  "the event %j is ignored",
  (type) => {
    const data = { id: "user_1", user_id: "user_1", updated_at: 7 };
    const change = { kind: "ignored" };
    expect(parse({ type, data })).toEqual({ type, clerkUserId: null, change, error: null });
  },
);

test("only events of the configured instance are read", () => {
  const event = { type: "user.deleted", data: { id: "user_1" }, instance_id: "ins_1" };
  expect(parse(event, "ins_1").change.kind).toBe("deletion");
  expect(parse(event).change.kind).toBe("deletion");
  expect(parse({ ...event, instance_id: null }).change.kind).toBe("deletion");
  for (const instance_id of ["ins_2", "", null, undefined]) {
    expect(parse({ ...event, instance_id }, "ins_1")).toEqual({
      type: "user.deleted",
      clerkUserId: null,
      change: rejected,
      error: "instance_id: another instance",
    });
  }
});

test("a body that is no event is rejected, with the names of its fields", () => {
  const unknown = { type: "unknown", clerkUserId: null, change: rejected };
  expect(parseClerkEvent("{", undefined)).toEqual({ ...unknown, error: "body: invalid_type" });
  expect(parse([])).toEqual({ ...unknown, error: "body: invalid_type" });
  const longType = (length: number) => ({ type: "x".repeat(length), data: null });
  expect(parse(longType(101))).toEqual({ ...unknown, error: "type: too_big" });
  expect(parse(longType(100)).change.kind).toBe("ignored");
  expect(parse({ type: 1, data: null, instance_id: 1 }).error).toBe(
    "type: invalid_type; instance_id: invalid_type",
  );
});

test("the names of many invalid fields are cut off", () => {
  const email_addresses = Array.from({ length: 100 }, () => ({}));
  const { error } = parse({ type: "user.created", data: { id: "user_1", email_addresses } });
  expect(error).toHaveLength(500);
  expect(error).toMatch(/^email_addresses\.0\.id: invalid_type; email_addresses\.0\.email_address/);
});
