import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

const serverPackages = /node_modules\/(svix|drizzle-orm|standardwebhooks|@clerk\/backend|uuid)\//;
const serverFile = /^app\/.*\.server\.tsx?$|^app\/entry\.(server|worker)\./;

async function bundledFiles(): Promise<string[]> {
  const { outputs } = metafileSchema.parse(
    JSON.parse(await readFile("build/remix/metafile.js.json", "utf8")),
  );
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  );
}

test("no server module and no server package is in the browser bundle", async () => {
  const files = await bundledFiles();
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => serverFile.test(file) || serverPackages.test(file))).toEqual([]);
});

test("no secret, no secret's name and no SQL is in the browser bundle", async () => {
  const names = await readdir("public/build", { recursive: true });
  const scripts = names.filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(5);
  for (const name of scripts) {
    const script = await readFile(`public/build/${name}`, "utf8");
    for (const secret of [
      localClerkKeys.secretKey,
      localClerkKeys.webhookSecret,
      "CLERK_WEBHOOK_SECRET",
      "CLERK_JWT_KEY",
      "webhook_deliveries",
    ]) {
      expect(script, `${name} holds ${secret}`).not.toContain(secret);
    }
  }
});
