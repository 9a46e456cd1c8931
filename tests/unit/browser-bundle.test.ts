import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";

const outputSchema = z.object({
  entryPoint: z.string().optional(),
  inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
  imports: z.array(z.object({ path: z.string(), kind: z.string() })),
});
const metafileSchema = z.object({ outputs: z.record(z.string(), outputSchema) });
type Output = z.infer<typeof outputSchema>;

async function readOutputs(): Promise<Record<string, Output>> {
  const text = await readFile("build/remix/metafile.js.json", "utf8");
  return metafileSchema.parse(JSON.parse(text)).outputs;
}

const filesIn = (outputs: readonly Output[]) =>
  outputs.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  );

/** The files that a browser loads before it can run an entry point. */
async function filesNeededBy(entryPoint: string): Promise<string[]> {
  const outputs = await readOutputs();
  const start = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entryPoint);
  const needed = new Set(start ? [start] : []);
  for (const path of needed) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement") needed.add(next);
    }
  }
  return filesIn([...needed].flatMap((path) => outputs[path] ?? []));
}

const serverPackages = /node_modules\/(svix|drizzle-orm|standardwebhooks|@clerk\/backend|uuid)\//;
const serverFile = /^app\/.*\.server\.tsx?$|^app\/entry\.(server|worker)\./;

test("keeps server modules and server packages out of the browser bundle", async () => {
  const files = filesIn(Object.values(await readOutputs()));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => serverFile.test(file) || serverPackages.test(file))).toEqual([]);
});

test("keeps secrets, their names and SQL out of the browser bundle", async () => {
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
      expect(script, `${name} contains ${secret}`).not.toContain(secret);
    }
  }
});

const routeScript = (route: string) => `browser-route-module:${route}.tsx?browser`;
const clerkPackage = /node_modules\/@clerk\//;

test.each([
  "app/entry.client.tsx",
  routeScript("root"),
  routeScript("routes/_index"),
  routeScript("routes/courses.$slug._index"),
  routeScript("routes/courses.$slug.lessons.$lessonSlug"),
])("%s does not load Clerk's packages", async (entryPoint) => {
  const files = await filesNeededBy(entryPoint);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => clerkPackage.test(file))).toEqual([]);
});

test("the root route does not load the form library", async () => {
  const files = await filesNeededBy(routeScript("root"));
  expect(files.filter((file) => file.includes("node_modules/@conform-to/"))).toEqual([]);
});

test("no file has a name that a URL escapes, which would cost a redirect", async () => {
  const names = await readdir("public", { recursive: true });
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !/^[\w./-]+$/.test(name))).toEqual([]);
});

test("the sign-in page loads Clerk's packages", async () => {
  const files = await filesNeededBy(routeScript("routes/_auth.sign-in.$"));
  expect(files.some((file) => clerkPackage.test(file))).toBe(true);
});
