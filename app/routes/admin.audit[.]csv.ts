import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { requirePermission } from "~/access/require-permission.server";
import { exportAudit } from "~/features/admin/audit-csv.server";
import { parseAuditQuery } from "~/features/admin/audit-log.server";
import { csvResponse } from "~/features/admin/csv-stream.server";
import { enforceRateLimit } from "~/http/rate-limit.server";

export const handle = { access: "admin" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, "audit.export");
  await enforceRateLimit(context, "export");
  const query = parseAuditQuery(new URL(request.url).searchParams);
  return csvResponse(await exportAudit(context.db, query), "audit.csv");
}
