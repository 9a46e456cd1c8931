import { Hono } from "hono";
import { removeProfileImage, setProfileImage } from "../accounts/profile-images.ts";
import { frontendApiUrl } from "../frontend-api-url.ts";
import type { Instance } from "../instance.ts";
import { readUploadedFile } from "../wire/uploaded-file.ts";
import { userJson } from "../wire/user-json.ts";
import { pathId } from "./request.ts";

/** `/v1/users/:id/profile_image`. */
export function profileImageRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/users/:id/profile_image", async (c) => {
    const file = await readUploadedFile(c);
    const baseUrl = frontendApiUrl(instance);
    return c.json(userJson(setProfileImage(instance, pathId(c), file, baseUrl).user));
  });

  routes.delete("/users/:id/profile_image", (c) =>
    c.json(userJson(removeProfileImage(instance, pathId(c)).user)),
  );

  return routes;
}
