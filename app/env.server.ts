import * as z from "zod";
import { EnvironmentError, MissingEnvironmentError } from "./errors";

const readmeSection = 'README.md, section "Configuration"';

const publishableKey = z
  .string()
  .regex(/^pk_(test|live)_[A-Za-z0-9+/=]+$/, "must start with pk_test_ or pk_live_")
  .refine(hasClerkHost, "is not a valid Clerk key: copy it again from Clerk's dashboard");

/** Of Clerk and Stripe. */
const webhookSecrets = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, "must start with whsec_")).min(1));

/** The SDK needs a PEM without line breaks; `.dev.vars` may contain a literal \n. */
const publicKeyPem = z
  .string()
  .transform((pem) => pem.replace(/\\n|\s*\n\s*/g, ""))
  .pipe(
    z
      .string()
      .regex(
        /^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=]+-----END PUBLIC KEY-----$/,
        "must be a PEM public key (BEGIN PUBLIC KEY)",
      ),
  );

/** Values of `azp`: a site's origin or a native app's identifier. */
const authorizedParties = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.url("must be URLs, separated by spaces").transform(toAuthorizedParty)));

const scriptHashes = z
  .string()
  .transform((text) => text.split(/\s+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^sha(256|384|512)-[A-Za-z0-9+/]+=*$/, "must be sha256-…")));

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });
const path = z.string().regex(/^\/(?![/\\])/, "must be a path that starts with one /");
const contactUrl = z.url({
  protocol: /^(https?|mailto)$/,
  error: "must be an http, https or mailto URL",
});
/** Shown on pages. */
const shortText = z.string().trim().min(1).max(1_000, "must have at most 1,000 characters");

/** Of an exact version of ClerkJS: what it loads after itself. */
const scriptUrls = z
  .string()
  .transform((text) => text.split(/\s+/).filter(Boolean))
  .pipe(z.array(z.union([path, httpUrl])));

const origin = httpUrl.transform((url) => new URL(url).origin);

const browserShape = {
  CLERK_PUBLISHABLE_KEY: publishableKey,
  CLERK_SIGN_IN_URL: path.default("/sign-in"),
  CLERK_SIGN_UP_URL: path.default("/sign-up"),
  SERVER_URL: origin,
};

const serverShape = {
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_[\x21-\x7e]+$/, "must start with sk_test_ or sk_live_"),
  CLERK_WEBHOOK_SECRET: webhookSecrets,
  CLERK_INSTANCE_ID: z.string().regex(/^ins_/, "must start with ins_").optional(),
  CLERK_JWT_KEY: publicKeyPem.optional(),
  CLERK_AUTHORIZED_PARTIES: authorizedParties.optional(),
  CLERK_API_URL: httpUrl.optional(),
  CLERK_FAPI_URL: httpUrl.default("https://frontend-api.clerk.dev"),
  CLERK_PROXY_URL: z.union([path, httpUrl]).optional(),
  CLERK_JS: z.union([path, httpUrl]).optional(),
  CLERK_JS_PREFETCH: scriptUrls.optional(),
  CLERK_TELEMETRY_DISABLED: z.string().optional(),
  HSTS_INCLUDE_SUBDOMAINS: z.stringbool("must be true or false").optional(),
  TRUSTED_SCRIPT_HASHES: scriptHashes.optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(test|live)_[\x21-\x7e]+$/, "must start with sk_ or rk_ and test_ or live_")
    .optional(),
  STRIPE_WEBHOOK_SECRET: webhookSecrets.optional(),
  STRIPE_API_URL: httpUrl.optional(),
  PAYMENT_INSTRUCTIONS: shortText.optional(),
  SELLER: shortText.optional(),
  IMPRINT_URL: httpUrl.optional(),
  TERMS_URL: httpUrl.optional(),
  PRIVACY_URL: httpUrl.optional(),
  CONTACT_URL: contactUrl.optional(),
  SIGN_UP_NOTE: shortText.optional(),
};

const environmentSchema = z
  .object({ ...browserShape, ...serverShape })
  .refine((env) => env.CLERK_PUBLISHABLE_KEY.slice(3, 7) === env.CLERK_SECRET_KEY.slice(3, 7), {
    path: ["CLERK_SECRET_KEY"],
    error: "must be of the same kind (test or live) as CLERK_PUBLISHABLE_KEY",
    when: ({ value }) => environmentKeys.safeParse(value).success,
  })
  .refine(
    (env) => (env.STRIPE_SECRET_KEY === undefined) === (env.STRIPE_WEBHOOK_SECRET === undefined),
    {
      path: ["STRIPE_SECRET_KEY"],
      error: "set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither",
      when: () => true,
    },
  )
  .refine((env) => modeOf(env.STRIPE_SECRET_KEY) === modeOf(env.CLERK_SECRET_KEY), {
    path: ["STRIPE_SECRET_KEY"],
    error: "must be of the same kind (test or live) as CLERK_SECRET_KEY",
    when: ({ value }) => stripeKeys.safeParse(value).success,
  });

const environmentKeys = z.object({
  CLERK_PUBLISHABLE_KEY: browserShape.CLERK_PUBLISHABLE_KEY,
  CLERK_SECRET_KEY: serverShape.CLERK_SECRET_KEY,
});

const stripeKeys = z.object({
  CLERK_SECRET_KEY: serverShape.CLERK_SECRET_KEY,
  STRIPE_SECRET_KEY: serverShape.STRIPE_SECRET_KEY.unwrap(),
});

/** `test` or `live`. */
const modeOf = (key = "") => key.slice(3, 7);

const settingNames = Object.keys({ ...browserShape, ...serverShape });

export const setupInstructions = [
  "On your machine, run `npm start`.",
  "For `wrangler dev`, run `npm run clerk` and, in a second terminal, `npm run build && npm run seed && npx wrangler dev --env-file .wrangler/state/local-clerk.env`.",
  `In production, see ${readmeSection}.`,
];

export type Environment = z.infer<typeof environmentSchema>;

export type BrowserEnvironment = Pick<Environment, keyof typeof browserShape>;

const parsed = new WeakMap<object, Environment>();

/**
 * Parsed once per isolate.
 * @throws {EnvironmentError} lists every missing or invalid key, never a value.
 * @throws {MissingEnvironmentError} if no setting is configured.
 */
export function readEnvironment(env: object): Environment {
  const known = parsed.get(env);
  if (known) return known;
  const settings = withoutEmptyText(env);
  if (!settingNames.some((name) => name in settings)) {
    throw new MissingEnvironmentError(`No setting is configured. ${setupInstructions.join(" ")}`);
  }
  const result = environmentSchema.safeParse(settings);
  if (!result.success) throw new EnvironmentError(describeIssues(result.error), readmeSection);
  parsed.set(env, result.data);
  return result.data;
}

const browserSchema = z.object(browserShape);
const browserEnvironments = new WeakMap<Environment, BrowserEnvironment>();

/** The only settings that browsers receive. */
export function browserEnvironment(environment: Environment): BrowserEnvironment {
  const settings = browserEnvironments.get(environment) ?? browserSchema.parse(environment);
  browserEnvironments.set(environment, settings);
  return settings;
}

/** The first problem of each key. */
function describeIssues({ issues }: z.ZodError): string[] {
  const problems = new Map<string, string>();
  for (const { path, message } of issues) {
    const key = String(path[0]);
    if (!problems.has(key)) problems.set(key, `${key}: ${message}`);
  }
  return [...problems.values()];
}

/** `KEY=` means "not set". */
function withoutEmptyText(env: object): object {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}

/** A publishable key is base64 of the Frontend API's host and a `$`. */
export function clerkHost(key: string): string {
  return atob(key.split("_").slice(2).join("_")).slice(0, -1);
}

function hasClerkHost(key: string): boolean {
  try {
    return /^[^$]+\.[^$]+\$$/.test(atob(key.split("_").slice(2).join("_")));
  } catch {
    return false;
  }
}

function toAuthorizedParty(url: string): string {
  return /^https?:/i.test(url) ? new URL(url).origin : url;
}
