import { type Context, Hono } from "hono";
import { removeProfileImage, setProfileImage } from "../accounts/profile-images.ts";
import { frontendApiUrl } from "../frontend-api-url.ts";
import type { Instance } from "../instance.ts";
import { readUploadedFile } from "../wire/uploaded-file.ts";
import { requireSession, respond } from "./request.ts";

/** `/v1/me/profile_image`. */
export function myProfileImageRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/me/profile_image", async (c) => {
    const file = await readUploadedFile(c);
    const { userId } = requireSession(instance, c);
    const { user, image } = setProfileImage(instance, userId, file, baseUrl(instance, c));
    return respond(instance, c, {
      object: "image",
      id: image.id,
      name: "profile image",
      public_url: user.imageUrl ?? "",
    });
  });

  routes.delete("/me/profile_image", (c) => {
    const { userId } = requireSession(instance, c);
    const { imageId } = removeProfileImage(instance, userId);
    return respond(instance, c, { object: "image", id: imageId, deleted: true });
  });

  return routes;
}

/** Of the Frontend API, as the browser sees it. */
function baseUrl(instance: Instance, c: Context): string {
  if (instance.deployment.setup !== "local") return frontendApiUrl(instance);
  return c.req.header("clerk-proxy-url") ?? new URL(c.req.url).origin;
}
