import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { captured } from "../../shared/captured";
import { findRecord } from "../record.server";

export { default, meta } from "~/routes/dashboard";

export async function loader(args: LoaderFunctionArgs) {
  const profile = await findRecord(args);
  if (!profile) return redirect("/sign-in");
  return { ...captured(args, "routes/dashboard"), profile };
}
