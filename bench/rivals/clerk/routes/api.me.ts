import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { findRecord } from "../record.server";

export async function loader(args: LoaderFunctionArgs) {
  const profile = await findRecord(args);
  return profile ? Response.json(profile) : new Response(null, { status: 401 });
}
