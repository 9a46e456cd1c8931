import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

const imageSchema = z.object({
  id: z.string(),
  contentType: z.string(),
  base64: z.string(),
});
export type Image = z.infer<typeof imageSchema>;

export const images = documentTable<Image>({ table: "images", schema: imageSchema });
