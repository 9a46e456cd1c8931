import { expect, test } from "vitest";
import { courseStructuredData } from "../../app/features/courses/structured-data.ts";

const describe = (priceMinor: number, currency: "EUR" | "JPY") =>
  courseStructuredData({
    url: "https://courses.example/courses/maps",
    course: {
      title: "Reading a map",
      summary: "From the legend to the land.",
      cover: "contours",
      priceMinor,
      currency,
    },
    outline: [
      { id: "s1", title: "Basics", lessons: [{ durationMinutes: 5 }, { durationMinutes: 60 }] },
      { id: "s2", title: "Outside", lessons: [{ durationMinutes: 10 }] },
    ],
  });

test("describes a course, its picture, provider, price and length", () => {
  expect(describe(2_900, "EUR")).toMatchObject({
    "@type": "Course",
    name: "Reading a map",
    image: "https://courses.example/share/contours.png",
    provider: { name: "Courses Platform", url: "https://courses.example/" },
    offers: { category: "Paid", price: "29.00", priceCurrency: "EUR" },
    hasCourseInstance: { courseMode: "Online", courseWorkload: "PT75M" },
  });
  expect(describe(2_900, "JPY").offers).toMatchObject({ price: "2900", priceCurrency: "JPY" });
  expect(describe(0, "EUR").offers).toMatchObject({ category: "Free", price: "0.00" });
});
