import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { requirePermission } from "~/access/require-permission.server";
import { csvResponse } from "~/features/admin/csv-stream.server";
import { exportEnrollments } from "~/features/admin/enrollments-csv.server";
import { parseLearnerQuery } from "~/features/admin/learner-list.server";
import { findCourse } from "~/features/course-editor/edit-course.server";
import { enforceRateLimit } from "~/http/rate-limit.server";

export const handle = { access: "admin" };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePermission(context, "enrollments.export");
  await enforceRateLimit(context, "export");
  const course = await findCourse(context.db, params.courseId ?? "");
  if (!course) throw new Response(null, { status: 404 });
  const query = parseLearnerQuery(new URL(request.url).searchParams);
  const learners = await exportEnrollments(context.db, course.id, query);
  return csvResponse(learners, `${course.slug}-learners.csv`);
}
