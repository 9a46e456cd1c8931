import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { captured } from "../../shared/captured";

export { default, meta } from "~/routes/dashboard";

export async function loader(args: LoaderFunctionArgs) {
  const { person } = args.context;
  if (!person) return redirect("/sign-in");
  return { ...captured(args, "routes/dashboard"), profile: person };
}
