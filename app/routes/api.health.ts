import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { sql } from "drizzle-orm";
import { runQuery } from "~/db/client.server";

export const handle = { access: "public" };

/** Responds with 503 if D1 does not answer. */
export async function loader({ context }: LoaderFunctionArgs) {
  await runQuery(context.db.run(sql`select 1`));
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
