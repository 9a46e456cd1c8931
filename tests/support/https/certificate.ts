import { createHash, createPublicKey } from "node:crypto";
import { generate } from "selfsigned";

export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
  /** SHA-256 of the public key, by which Chromium can be told to trust the certificate. */
  spkiHash: string;
}

const oneDayMs = 24 * 60 * 60 * 1000;

/** A self-signed certificate, valid for a day. */
export async function createCertificate(hosts: readonly string[]): Promise<Certificate> {
  const altNames = hosts.map((value) => ({ type: 2 as const, value }));
  const now = Date.now();
  const generated = await generate([{ name: "commonName", value: "Courses Platform tests" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - oneDayMs),
    notAfterDate: new Date(now + oneDayMs),
    extensions: [{ name: "subjectAltName", altNames }],
  });
  const publicKey = createPublicKey(generated.public).export({ type: "spki", format: "der" });
  return {
    key: generated.private,
    cert: generated.cert,
    spkiHash: createHash("sha256").update(publicKey).digest("base64"),
  };
}
