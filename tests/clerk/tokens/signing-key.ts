import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { readValue, writeValue } from "../../local-service/state/keyed-values.ts";

export type SigningKey = {
  keyId: string;
  /** SPKI PEM of the public key. */
  publicPem: string;
  /** The public key as listed by `/v1/jwks`. */
  jwk: { kty: "RSA"; n: string; e: string; kid: string; alg: "RS256"; use: "sig" };
  /** Returns a compact RS256 JWT. */
  sign(claims: Record<string, unknown>): string;
  /** The claims of a JWT that this key has signed. */
  verify(token: string): unknown;
};

/** The instance's key, stored because a new one would invalidate all cookies. */
export function loadSigningKey(db: Database): SigningKey {
  const stored = readValue(db, "signing-key", z.string());
  const pem = stored ?? newKeyPem();
  if (stored === undefined) writeValue(db, "signing-key", pem);
  return signingKey(createPrivateKey(pem), "local-clerk-key");
}

let processKeyPem: string | undefined;

/**
 * Shared by all new instances of a process: the SDK caches the first `jwtKey` it sees, so tests
 * that start several local Clerks need the same key.
 */
function newKeyPem(): string {
  if (processKeyPem !== undefined) return processKeyPem;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  processKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return processKeyPem;
}

/** An unrelated key with the instance's key id, for tokens with an invalid signature. */
export function foreignSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return signingKey(privateKey, "local-clerk-key");
}

const publicJwk = z.object({ n: z.string(), e: z.string() });

function signingKey(privateKey: KeyObject, keyId: string): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const { n, e } = publicJwk.parse(publicKey.export({ format: "jwk" }));
  const header = encode({ alg: "RS256", kid: keyId, typ: "JWT" });
  return {
    keyId,
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    jwk: { kty: "RSA", n, e, kid: keyId, alg: "RS256", use: "sig" },
    sign(claims) {
      const content = `${header}.${encode(claims)}`;
      const signature = sign("RSA-SHA256", Buffer.from(content), privateKey);
      return `${content}.${signature.toString("base64url")}`;
    },
    verify(token) {
      const [head = "", payload = "", signature = ""] = token.split(".");
      const content = Buffer.from(`${head}.${payload}`);
      const signed = Buffer.from(signature, "base64url");
      if (!verify("RSA-SHA256", content, publicKey, signed)) return undefined;
      return JSON.parse(Buffer.from(payload, "base64url").toString());
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
