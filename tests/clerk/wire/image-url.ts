import { createHash } from "node:crypto";
import type { User } from "../state/users.ts";

/**
 * The uploaded image, or a square in a color derived from the id, as a `data:` URL: works offline
 * and with a content security policy of `img-src 'self' data:`.
 */
export function imageUrl(user: User): string {
  if (user.imageUrl !== null) return user.imageUrl;
  const hue = createHash("sha256").update(user.id).digest().readUInt16BE(0) % 360;
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1' fill='hsl(${hue} 60% 45%)'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
