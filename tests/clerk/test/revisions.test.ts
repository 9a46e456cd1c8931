import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeMetadata } from "../accounts/metadata.ts";
import { renderClaims } from "../tokens/claims-template.ts";
import { startClerk } from "./support.ts";

describe("revisions", () => {
  it("increase with every change, even if the clock stops or goes back", async () => {
    let now = 1_800_000_000_000;
    const { backend, control } = await startClerk({ clock: { now: () => now } });
    const { id, updated_at } = await control.createUser({ emailAddresses: ["a@b.co"] });
    const seen = [updated_at];
    for (const step of [0, 0, -5000, 1]) {
      now += step;
      const { updatedAt } = await backend.users.updateUser(id, { firstName: String(step) });
      seen.push(updatedAt);
    }
    const { updatedAt } = await backend.users.updateUserMetadata(id, { publicMetadata: {} });
    seen.push(updatedAt);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
  });
});

describe("metadata", () => {
  it("is unchanged by an empty patch", () => {
    const metadata = fc.dictionary(
      fc.string(),
      fc.jsonValue().filter((value) => value !== null),
    );
    fc.assert(
      fc.property(metadata, (value) => {
        const known = JSON.parse(JSON.stringify(value));
        expect(mergeMetadata(known, {})).toEqual(known);
      }),
    );
  });

  it("merges idempotently and leaves no top-level null", () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, json, (before, patch) => {
        const [known, change] = JSON.parse(
          JSON.stringify([mergeMetadata({}, JSON.parse(JSON.stringify(before))), patch]),
        );
        const once = mergeMetadata(known, change);
        expect(mergeMetadata(once, change)).toEqual(once);
        expect(Object.values(once)).not.toContain(null);
      }),
    );
  });

  it("cannot pollute the prototype", () => {
    const merged = mergeMetadata({}, JSON.parse('{"__proto__":{"admin":true}}'));
    expect(Object.hasOwn(merged, "admin")).toBe(false);
    expect("admin" in {}).toBe(false);
  });
});

describe("the claims template", () => {
  const user = {
    public_metadata: { role: "admin", n: 7, nested: { deep: true } },
    first_name: "A",
  };

  it.each([
    ["{{user.public_metadata.role}}", "admin"],
    ["{{user.public_metadata.n}}", 7],
    ["{{user.public_metadata.nested}}", { deep: true }],
    ["{{user.public_metadata.absent}}", null],
    ["{{user.public_metadata.toString}}", null],
    ["{{user.public_metadata.absent || user.first_name}}", "A"],
    ["{{user.public_metadata.absent || 'none'}}", "none"],
    ["Dear {{user.first_name}}, {{user.public_metadata.n}}", "Dear A, 7"],
    ["plain", "plain"],
  ])("renders %s", (template, value) => {
    expect(renderClaims({ claim: template }, { user })).toEqual({ claim: value });
  });

  it("renders nested lists and objects", () => {
    const template = { list: ["{{user.first_name}}", 1], nested: { name: "{{user.first_name}}" } };
    expect(renderClaims(template, { user })).toEqual({ list: ["A", 1], nested: { name: "A" } });
  });
});
