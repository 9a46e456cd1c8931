/** Slugs need no escaping (slug.ts). */
export const coursePath = (slug: string) => `/courses/${slug}`;

export const lessonPath = (slug: string, lessonSlug: string) =>
  `${coursePath(slug)}/lessons/${lessonSlug}`;
