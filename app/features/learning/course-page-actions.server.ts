import * as z from "zod";
import { refuseImpersonation } from "~/access/refuse-impersonation.server";
import type { AppArgs } from "~/context.server";
import { currencies } from "~/db/enums";
import { loadCourseForViewer } from "~/features/courses/course-for-viewer.server";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import { paymentProviders } from "~/features/purchases/payment-provider";
import { placeOrder } from "~/features/purchases/place-order.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { parseHiddenFields } from "~/http/forms.server";
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
      provider: z.enum(paymentProviders).optional(),
      /** To immediate access, which ends the right of withdrawal. */
      consent: z.literal("on"),
    }),
  ]),
);

export type CourseFailure = { kind: "not-free" } | { kind: "price-changed" } | { kind: "closed" };

export type CourseActionOutcome =
  | { kind: "redirect"; to: string }
  | { kind: "not-found" }
  | CourseFailure;

/**
 * Enrolls in or orders a course. Idempotent.
 * @throws {Response | BadRequestError | ImpersonationError | ServiceUnavailableError}
 */
export async function handleCourseAction(
  args: AppArgs,
  slug: string,
  fields: FormData,
): Promise<CourseActionOutcome> {
  const { db } = args.context;
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  const form = parseHiddenFields(fields, formSchema);
  if (form.intent === "enroll") {
    const learner = { userId, actorId: args.context.session?.actorId ?? null };
    const outcome = await enrollInFreeCourse(db, learner, slug, Date.now());
    if (outcome.kind !== "enrolled") return outcome;
    await refreshRecentCourses(args.context, userId);
    return redirectToNextLesson(args, slug);
  }
  refuseImpersonation(args.context);
  const { priceMinor, currency, provider } = form;
  const order = { userId, slug, expected: { priceMinor, currency }, provider };
  const outcome = await placeOrder(args.context, order, Date.now());
  if (outcome.kind === "already-enrolled") {
    // Perhaps only now, by a payment that Stripe has just confirmed.
    await refreshRecentCourses(args.context, userId);
    return redirectToNextLesson(args, slug);
  }
  if (outcome.kind !== "ordered") return outcome;
  return { kind: "redirect", to: outcome.paymentUrl ?? `/purchases/${outcome.purchaseId}` };
}

async function redirectToNextLesson(args: AppArgs, slug: string): Promise<CourseActionOutcome> {
  const view = await loadCourseForViewer(args, slug);
  if (!view) return { kind: "not-found" };
  const { next } = outlineProgress(outlineForViewer(view));
  return { kind: "redirect", to: next ? lessonPath(slug, next.slug) : coursePath(slug) };
}
