import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { requirePermission } from "~/access/require-permission.server";
import { csvResponse } from "~/features/admin/csv-stream.server";
import { exportEnrollments } from "~/features/admin/enrollments-csv.server";
import { findCourse } from "~/features/course-editor/edit-course.server";
import { enforceRateLimit } from "~/http/rate-limit.server";

export const handle = { access: "admin" };

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, "enrollments.export");
  await enforceRateLimit(context, "export");
  const course = await findCourse(context.db, params.courseId ?? "");
  if (!course) throw new Response(null, { status: 404 });
  return csvResponse(await exportEnrollments(context.db, course.id), `${course.slug}-learners.csv`);
}
