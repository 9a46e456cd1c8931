export const maxSlugLength = 80;
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A title as it can stand in an address: "Élan & Côté!" becomes "elan-cote"; empty where nothing of it can. */
export function slugify(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength)
    .replace(/^-+|-+$/g, "");
}
