import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { changeTheme } from "~/http/change-theme.server";

export const handle = { access: "public" };

export const action = ({ request }: ActionFunctionArgs) => changeTheme(request);
