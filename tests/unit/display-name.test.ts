import fc from "fast-check";
import { expect, test } from "vitest";
import { displayName } from "../../app/clerk/display-name.ts";

const part = fc.option(fc.oneof(fc.string(), fc.constant("  ")), { nil: null });
const nothing = { firstName: null, lastName: null, username: null, email: null };

test("a name is the full name, else the first or the last", () => {
  expect(displayName({ ...nothing, firstName: "Ada", lastName: "Lovelace" })).toBe("Ada Lovelace");
  expect(displayName({ ...nothing, firstName: "Ada" })).toBe("Ada");
  expect(displayName({ ...nothing, lastName: "Lovelace" })).toBe("Lovelace");
});

test("without a name it is the username, else the local part of the e-mail, else User", () => {
  const email = "ada@example.com";
  expect(displayName({ ...nothing, username: "countess", email })).toBe("countess");
  expect(displayName({ ...nothing, email })).toBe("ada");
  expect(displayName(nothing)).toBe("User");
});

test("whatever Clerk sends, a name is never blank, padded or the word null", () => {
  fc.assert(
    fc.property(part, part, part, part, (firstName, lastName, username, email) => {
      const name = displayName({ firstName, lastName, username, email });
      expect(name.length).toBeGreaterThan(0);
      expect(name).toBe(name.trim());
      const given = [firstName, lastName, username, email].join("");
      if (!given.includes("null")) expect(name).not.toContain("null");
    }),
  );
});
