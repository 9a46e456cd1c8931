import { expect, test } from "vitest";
import { banner } from "../../scripts/local-site/banner.ts";
import { readOptions } from "../../scripts/local-site/options.ts";
import { universalCode } from "../clerk/environment.ts";

test("npm start says how to get a new account, unless Clerk is a real one", () => {
  const [clerkOrigin, stripeOrigin] = ["http://localhost:8788", "http://localhost:8789"];
  const local = { kind: "local", envFile: "local.env", clerkOrigin, stripeOrigin } as const;
  expect(banner(readOptions([]), local)).toContain(`any email address, code ${universalCode}`);
  expect(banner(readOptions([]), { kind: "real", envFile: null })).not.toContain(universalCode);
});
