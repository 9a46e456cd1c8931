import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { captured } from "../../shared/captured";

export const loader = (args: LoaderFunctionArgs) => Response.json(captured(args, "routes/api.me"));
