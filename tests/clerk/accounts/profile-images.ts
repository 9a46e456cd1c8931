import type { Instance } from "../instance.ts";
import { newId } from "../state/identifiers.ts";
import { type Image, images } from "../state/images.ts";
import type { User } from "../state/users.ts";
import { imageNotFound, imageUndecodable } from "../wire/image-errors.ts";
import { changeUser, getUser } from "./users.ts";

/** The first bytes of the supported formats, in hexadecimal. */
const signatures = [
  ["image/png", /^89504e47/],
  ["image/jpeg", /^ffd8ff/],
  ["image/gif", /^47494638/],
  ["image/webp", /^52494646.{8}57454250/],
] as const;

/**
 * Stores the image and makes it the user's. `baseUrl` is that of the Frontend API, as browsers see
 * it. Throws 400 for what is not an image.
 */
export function setProfileImage(
  instance: Instance,
  userId: string,
  content: Buffer,
  baseUrl: string,
): { user: User; image: Image } {
  const start = content.subarray(0, 12).toString("hex");
  const contentType = signatures.find(([, signature]) => signature.test(start))?.[0];
  if (contentType === undefined) throw imageUndecodable();
  const image = { id: newId("img"), contentType, base64: content.toString("base64") };
  const imageUrl = `${baseUrl}/images/${image.id}`;
  return instance.db.transaction(() => {
    forgetImage(instance, getUser(instance, userId));
    images.save(instance.db, image);
    return { user: changeUser(instance, userId, () => ({ imageUrl })), image };
  });
}

/** Throws 404 if the user has none. Returns the user and the id of the image. */
export function removeProfileImage(
  instance: Instance,
  userId: string,
): { user: User; imageId: string } {
  return instance.db.transaction(() => {
    const imageId = forgetImage(instance, getUser(instance, userId));
    if (imageId === undefined) throw imageNotFound();
    return { user: changeUser(instance, userId, () => ({ imageUrl: null })), imageId };
  });
}

function forgetImage(instance: Instance, { imageUrl }: User): string | undefined {
  const imageId = imageUrl?.split("/").at(-1);
  if (imageId !== undefined) images.remove(instance.db, imageId);
  return imageId;
}
