import * as z from "zod";
import type { AppArgs } from "~/context.server";
import { currencies } from "~/db/enums";
import { loadCourseForViewer } from "~/features/courses/course-for-viewer.server";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import { placeOrder } from "~/features/purchases/place-order.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { parseSubmittedForm } from "~/http/forms.server";
import { enrollInFreeCourse } from "./enroll-for-free.server";
import { outlineForViewer, outlineProgress } from "./outline-for-viewer";
import { refreshRecentCourses } from "./recent-courses.server";

const formSchema = z.lazy(() =>
  z.discriminatedUnion("intent", [
    z.object({ intent: z.literal("enroll") }),
    z.object({
      intent: z.literal("order"),
      priceMinor: z.coerce.number().int(),
      currency: z.enum(currencies),
    }),
  ]),
);

/** Why the page is shown again, and not the next one. */
export type CourseFailure = { kind: "not-free" } | { kind: "price-changed" } | { kind: "closed" };

export type CourseActionOutcome =
  | { kind: "redirect"; to: string }
  | { kind: "not-found" }
  | CourseFailure;

/**
 * Does what a form on the page of a course asks for. Sent twice, it leads to the same place twice.
 * @throws {BadRequestError} when the form is none that the page has.
 * @throws {Response} the way to sign-in.
 * @throws {ServiceUnavailableError} when D1 or the payment provider does not answer.
 */
export async function handleCourseAction(
  args: AppArgs,
  slug: string,
): Promise<CourseActionOutcome> {
  const { db } = args.context;
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  const form = await parseSubmittedForm(args.request, formSchema);
  if (form.intent === "enroll") {
    const outcome = await enrollInFreeCourse(db, userId, slug, Date.now());
    if (outcome.kind !== "enrolled") return outcome;
    await refreshRecentCourses(args.context, userId);
    return nextLessonUrl(args, slug);
  }
  const { priceMinor, currency } = form;
  const outcome = await placeOrder(
    db,
    { userId, slug, expected: { priceMinor, currency } },
    Date.now(),
  );
  if (outcome.kind === "already-enrolled") return nextLessonUrl(args, slug);
  if (outcome.kind !== "ordered") return outcome;
  return { kind: "redirect", to: outcome.redirectUrl ?? `/purchases/${outcome.purchaseId}` };
}

/** The lesson that comes next for somebody who is in the course. */
async function nextLessonUrl(args: AppArgs, slug: string): Promise<CourseActionOutcome> {
  const view = await loadCourseForViewer(args, slug);
  if (!view) return { kind: "not-found" };
  const { next } = outlineProgress(outlineForViewer(view));
  return { kind: "redirect", to: next ? lessonPath(slug, next.slug) : coursePath(slug) };
}
