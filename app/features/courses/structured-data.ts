import type { Cover } from "~/db/enums";
import { formatPriceInput, type Price } from "./money";
import { allLessons, type OutlineSection, totalMinutes } from "./outline";
import { shareImage } from "./share-image";

interface DescribedCourse {
  /** The canonical, absolute URL of its page. */
  url: string;
  course: Price & { title: string; summary: string; cover: Cover };
  outline: readonly OutlineSection<{ durationMinutes: number }>[];
}

/** https://developers.google.com/search/docs/appearance/structured-data/course-info */
export function courseStructuredData({ url, course, outline }: DescribedCourse) {
  const minutes = totalMinutes(allLessons(outline));
  return {
    "@context": "https://schema.org",
    "@type": "Course",
    name: course.title,
    description: course.summary,
    url,
    image: new URL(shareImage(course.cover), url).href,
    provider: { "@type": "Organization", name: "Courses Platform", url: new URL("/", url).href },
    offers: {
      "@type": "Offer",
      category: course.priceMinor === 0 ? "Free" : "Paid",
      price: formatPriceInput(course),
      priceCurrency: course.currency,
    },
    hasCourseInstance: {
      "@type": "CourseInstance",
      courseMode: "Online",
      courseWorkload: `PT${minutes}M`,
    },
  };
}
