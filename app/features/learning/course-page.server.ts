import type { AppArgs } from "~/context.server";
import { loadCourseForViewer } from "~/features/courses/course-for-viewer.server";
import { coursePath } from "~/features/courses/course-urls";
import { offeredProviders } from "~/features/purchases/payment-provider";
import { courseOffer } from "./course-offer";
import { outlineForViewer } from "./outline-for-viewer";

/** Null if the viewer cannot see the course. Throws like `loadCourseForViewer`. */
export async function loadCoursePage(args: AppArgs, slug: string) {
  const view = await loadCourseForViewer(args, slug);
  if (!view) return null;
  const { environment } = args.context;
  const { title, summary, cover, priceMinor, currency, status } = view.course;
  return {
    url: environment.SERVER_URL + coursePath(slug),
    course: { slug, title, summary, cover, priceMinor, currency, status },
    description: view.description,
    outline: outlineForViewer(view),
    offer: courseOffer(view),
    payment: {
      providers: offeredProviders(environment),
      seller: environment.SELLER ?? null,
      instructions: environment.PAYMENT_INSTRUCTIONS ?? null,
      termsUrl: environment.TERMS_URL ?? null,
    },
  };
}
