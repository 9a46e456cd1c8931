/** The drawings (app/features/courses/components/covers) that stand for a course; they are ours, so no picture is loaded from elsewhere. */
export const covers = [
  "arcs",
  "contours",
  "grid",
  "leaves",
  "orbits",
  "prism",
  "terraces",
  "waves",
] as const;
export type Cover = (typeof covers)[number];

/** Every drawing has this shape, in pixels: pages keep room for it before it is there. */
export const coverSize = { width: 960, height: 600 };
