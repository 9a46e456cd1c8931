import { expect, test } from "vitest";
import { clerkUserSchema } from "../../app/clerk/user-state.server.ts";

const primary = { id: "idn_1", email_address: "ada@example.com" };
const user = {
  id: "user_1",
  first_name: "Ada",
  last_name: "Lovelace",
  username: null,
  image_url: "https://images.example/ada.png",
  primary_email_address_id: primary.id,
  email_addresses: [{ id: "idn_2", email_address: "old@example.com" }, primary],
  public_metadata: { dbId: "db_1", role: "admin", other: 1 },
  updated_at: 7,
  banned: true,
  locked: true,
};
const parse = (changed: Record<string, unknown>) => clerkUserSchema.parse({ ...user, ...changed });
const isValid = (changed: Record<string, unknown>) =>
  clerkUserSchema.safeParse({ ...user, ...changed }).success;

test("a user of Clerk's is read with the primary email", () => {
  expect(parse({})).toEqual({
    clerkUserId: "user_1",
    email: "ada@example.com",
    name: "Ada Lovelace",
    imageUrl: "https://images.example/ada.png",
    clerkUpdatedAt: 7,
    banned: true,
    locked: true,
    metadata: { dbId: "db_1", role: "admin" },
  });
});

test("everything but the id and the revision may be missing", () => {
  const absent = {
    email: null,
    imageUrl: null,
    banned: false,
    locked: false,
    metadata: { dbId: null, role: null },
  };
  expect(clerkUserSchema.parse({ id: "user_1", updated_at: 0 })).toMatchObject(absent);
  const nulls = Object.fromEntries(Object.keys(user).map((name) => [name, null]));
  expect(clerkUserSchema.parse({ ...nulls, id: "user_1", updated_at: 0 })).toMatchObject(absent);
});

test("an id or a revision that cannot be stored is rejected", () => {
  expect(isValid({ id: "x".repeat(100) })).toBe(true);
  for (const id of ["", "x".repeat(101), "a b", "!x", "x!", 1]) {
    expect(isValid({ id }), String(id)).toBe(false);
  }
  expect(isValid({ updated_at: 0 })).toBe(true);
  for (const updated_at of [-1, 1.5, "7", null]) {
    expect(isValid({ updated_at }), String(updated_at)).toBe(false);
  }
});

test("an email that cannot be stored, or is not the primary one, counts as missing", () => {
  const email = (email_address: string) =>
    parse({ email_addresses: [{ id: primary.id, email_address }] }).email;
  expect(email("a".repeat(254))).toBe("a".repeat(254));
  for (const invalid of ["", "a".repeat(255), 'a"b', "a\\b", "a\nb", "\0a", "a\u007f"]) {
    expect(email(invalid), JSON.stringify(invalid)).toBeNull();
  }
  expect(parse({ primary_email_address_id: "idn_9" }).email).toBeNull();
});

test("an image's URL that cannot be stored counts as missing", () => {
  const imageUrl = (image_url: string) => parse({ image_url }).imageUrl;
  expect(imageUrl("x".repeat(1500))).toBe("x".repeat(1500));
  for (const invalid of ["", "x".repeat(1501), 'x"', "x\\", "a b", "é", "\nx", "x\n"]) {
    expect(imageUrl(invalid), JSON.stringify(invalid)).toBeNull();
  }
});

test("metadata that is invalid counts as missing, each field for itself", () => {
  const metadata = (public_metadata: object) => parse({ public_metadata }).metadata;
  expect(metadata({ dbId: "a b", role: "user" })).toEqual({ dbId: null, role: "user" });
  expect(metadata({ dbId: "db_1", role: "owner" })).toEqual({ dbId: "db_1", role: null });
});
