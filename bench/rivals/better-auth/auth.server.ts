import { betterAuth } from "better-auth";
import type { RivalEnv } from "../shared/captured";

type Auth = ReturnType<typeof createAuth>;

function createAuth({ DB, RECORD, SERVER_URL }: BetterAuthEnv) {
  return betterAuth({
    baseURL: SERVER_URL,
    secret: "a-secret-of-this-benchmark-that-protects-nothing",
    database: DB,
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    session: { cookieCache: { enabled: RECORD === "cookie", maxAge: 300 } },
  });
}

export interface BetterAuthEnv extends RivalEnv {
  SERVER_URL: string;
}

let auth: Auth | undefined;

/** Created once per isolate. */
export function authOf(env: BetterAuthEnv): Auth {
  auth ??= createAuth(env);
  return auth;
}
