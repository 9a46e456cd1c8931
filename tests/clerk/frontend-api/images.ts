import { Hono } from "hono";
import type { Instance } from "../instance.ts";
import { images } from "../state/images.ts";

/** `GET /images/:id`: uploaded profile images, for everybody. */
export function imageRoutes(instance: Instance): Hono {
  return new Hono().get("/images/:id", (c) => {
    const image = images.find(instance.db, c.req.param("id"));
    if (image === undefined) return c.notFound();
    return c.body(Buffer.from(image.base64, "base64"), 200, {
      "content-type": image.contentType,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
  });
}
