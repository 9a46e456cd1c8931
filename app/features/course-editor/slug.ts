export const maxSlugLength = 80;
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** "Élan & Côté!" becomes "elan-cote"; empty if no characters remain. */
export function slugify(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength)
    .replace(/^-+|-+$/g, "");
}
