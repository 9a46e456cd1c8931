import { createHash, createHmac } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Its name in Miniflare. */
const objectClass = "miniflare-D1DatabaseObject";

/** The file of the local D1 in the state folder; null if there is none yet, or wrangler decides. */
export async function findDatabaseFile(state: string): Promise<string | null> {
  const file = await databasePath(state);
  if (file === null) return null;
  return access(file).then(
    () => file,
    () => null,
  );
}

/**
 * Where wrangler keeps the local D1 in the state folder. Null if `wrangler.toml` has not exactly
 * one `database_id`: then wrangler knows which.
 */
export async function databasePath(state: string): Promise<string | null> {
  const configuration = await readFile("wrangler.toml", "utf8");
  const [id, ...others] = configuration.matchAll(/^\w*database_id\s*=\s*"([^"]+)"/gm);
  if (id?.[1] === undefined || others.length > 0) return null;
  return join(state, "v3/d1", objectClass, `${objectIdOf(id[1])}.sqlite`);
}

/** As workerd derives the id of a Durable Object from its name. */
function objectIdOf(databaseId: string): string {
  const key = createHash("sha256").update(objectClass).digest();
  const half = (data: string | Buffer) =>
    createHmac("sha256", key).update(data).digest().subarray(0, 16);
  const name = half(databaseId);
  return Buffer.concat([name, half(name)]).toString("hex");
}
