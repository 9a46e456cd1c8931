import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { z } from "zod";
import type { Database } from "../state/database.ts";
import { readValue, writeValue } from "../state/keyed-values.ts";

export type SigningKey = {
  keyId: string;
  /** SPKI PEM of the public half. */
  publicPem: string;
  /** The public half as `/v1/jwks` lists it. */
  jwk: { kty: "RSA"; n: string; e: string; kid: string; alg: "RS256"; use: "sig" };
  /** A compact RS256 JWT of these claims. */
  sign(claims: Record<string, unknown>): string;
};

/** The instance's key, chosen on first use and kept: a new one would break every live cookie. */
export function loadSigningKey(db: Database): SigningKey {
  const stored = readValue(db, "signing-key", z.string());
  const pem = stored ?? freshKeyPem();
  if (stored === undefined) writeValue(db, "signing-key", pem);
  return signingKey(createPrivateKey(pem), "local-clerk-key");
}

let keyOfThisProcess: string | undefined;

/**
 * All new instances of one process share a key: the SDK keeps the first `jwtKey` it sees for as
 * long as its process lives, so tests that start one local Clerk after another need the same one.
 */
function freshKeyPem(): string {
  if (keyOfThisProcess !== undefined) return keyOfThisProcess;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  keyOfThisProcess = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return keyOfThisProcess;
}

/** A key that belongs to nobody, under the instance's key id: for tokens that must be refused. */
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
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
