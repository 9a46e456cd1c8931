import { build } from "esbuild";
import { builtWorker, bundleWorker, remixBuild } from "../../scripts/build.ts";
import { localStripeEnvironment } from "../../tests/stripe/environment.ts";

/** Null if the program has no accounts. */
export type SignIn = "clerk" | "better-auth" | null;

export interface Program {
  label: string;
  /** The built module. */
  main: string;
  signIn: SignIn;
  variables?: Record<string, string>;
  compatibilityFlags?: readonly string[];
  /** Each page reads the user's record, from a database or an API. */
  readsRecord?: boolean;
}

const clerk = { main: "build/rivals/clerk/index.js", signIn: "clerk" } as const;
/** Stripe's API is never asked. */
const stripe = localStripeEnvironment("http://localhost:9");
const betterAuth = {
  main: "build/rivals/better-auth/index.js",
  signIn: "better-auth",
  compatibilityFlags: ["nodejs_compat"],
} as const;

/** The application, and alternatives to it or to a part of it. */
export const programs = {
  platform: {
    label: "**Courses Platform**",
    main: builtWorker,
    signIn: "clerk",
    variables: stripe,
  },
  bare: { label: "bare worker", main: "build/rivals/bare/index.js", signIn: null },
  plain: {
    label: "same page without accounts",
    main: "build/rivals/plain/index.js",
    signIn: null,
  },
  clerkApi: {
    ...clerk,
    label: "Clerk as documented, record from its API",
    variables: { RECORD: "clerk" },
    readsRecord: true,
  },
  clerkClaims: {
    ...clerk,
    label: "Clerk as documented, no record",
    variables: { RECORD: "claims" },
  },
  clerkD1: {
    ...clerk,
    label: "Clerk, record from D1 each time",
    variables: { RECORD: "d1" },
    readsRecord: true,
  },
  betterAuthD1: {
    ...betterAuth,
    label: "Better Auth, session in D1",
    variables: { RECORD: "d1" },
    readsRecord: true,
  },
  betterAuthCookie: {
    ...betterAuth,
    label: "Better Auth, session cached in the cookie",
    variables: { RECORD: "cookie" },
  },
  verifyOnly: {
    label: "signature check alone",
    main: "build/rivals/verify-only/index.js",
    signIn: null,
  },
  verifyAndStore: {
    label: "signature check, one D1 batch",
    main: "build/rivals/verify-and-store/index.js",
    signIn: null,
  },
  stripeVerifyOnly: {
    label: "signature check alone",
    main: "build/rivals/stripe-verify-only/index.js",
    signIn: null,
    variables: stripe,
  },
  stripeVerifyAndStore: {
    label: "signature check, one D1 batch",
    main: "build/rivals/stripe-verify-and-store/index.js",
    signIn: null,
    variables: stripe,
  },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

export const programOf = (name: ProgramName): Program => programs[name];

const remixRivals = { plain: [], clerk: [], "better-auth": betterAuth.compatibilityFlags };
const moduleRivals = {
  bare: "bench/rivals/bare.ts",
  "stripe-verify-and-store": "bench/rivals/stripe-verify-and-store.ts",
  "stripe-verify-only": "bench/rivals/stripe-verify-only.ts",
  "verify-and-store": "bench/rivals/verify-and-store.ts",
  "verify-only": "bench/workers/verify-only.ts",
};

/** Builds all rivals into `build/rivals`; Remix rivals use our options and aliases. */
export async function buildRivals(): Promise<void> {
  for (const [name, compatibilityFlags] of Object.entries(remixRivals)) {
    await remixBuild({ folder: `bench/rivals/${name}` });
    const folder = `build/rivals/${name}`;
    await bundleWorker({
      entry: `${folder}/remix/index.js`,
      outfolder: folder,
      compatibilityFlags,
    });
  }
  for (const [name, entry] of Object.entries(moduleRivals)) {
    await build({
      entryPoints: [entry],
      outfile: `build/rivals/${name}/index.js`,
      bundle: true,
      format: "esm",
      minify: true,
      mainFields: ["browser", "module", "main"],
      conditions: ["workerd", "worker", "browser"],
    });
  }
}
