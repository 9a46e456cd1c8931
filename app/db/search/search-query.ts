import * as z from "zod";

const maxSearchLength = 200;

/** The text of a search field; empty if it is missing. */
export const searchQuery = z.lazy(() =>
  z
    .string()
    .transform((text) => [...text.replaceAll("\0", "").trim()].slice(0, maxSearchLength).join(""))
    .catch(""),
);
