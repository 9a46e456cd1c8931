import fc from "fast-check";
import { expect, test } from "vitest";
import { displayName } from "../../app/clerk/display-name.ts";

const part = fc.option(fc.oneof(fc.string(), fc.constant("  ")), { nil: null });
const blank = { firstName: null, lastName: null, username: null, email: null };

test("uses the full name, or only the first or last name", () => {
  expect(displayName({ ...blank, firstName: "Ada", lastName: "Lovelace" })).toBe("Ada Lovelace");
  expect(displayName({ ...blank, firstName: "Ada" })).toBe("Ada");
  expect(displayName({ ...blank, lastName: "Lovelace" })).toBe("Lovelace");
});

test("falls back to the username, then the local part of the email, then User", () => {
  const email = "ada@example.com";
  expect(displayName({ ...blank, username: "countess", email })).toBe("countess");
  expect(displayName({ ...blank, email })).toBe("ada");
  expect(displayName(blank)).toBe("User");
});

test("a display name is never blank, padded or the word null", () => {
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
