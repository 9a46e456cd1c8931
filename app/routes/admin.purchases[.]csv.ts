import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { requirePermission } from "~/access/require-permission.server";
import { csvResponse } from "~/features/admin/csv-stream.server";
import { parsePurchaseQuery } from "~/features/admin/purchase-list.server";
import { exportPurchases } from "~/features/admin/purchases-csv.server";
import { enforceRateLimit } from "~/http/rate-limit.server";

export const handle = { access: "admin" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, "purchases.export");
  await enforceRateLimit(context, "export");
  const query = parsePurchaseQuery(new URL(request.url).searchParams);
  return csvResponse(await exportPurchases(context.db, query), "purchases.csv");
}
