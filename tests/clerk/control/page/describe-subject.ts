import { z } from "zod";
import type { Message } from "../../../local-service/webhooks/messages.ts";

const payloadSchema = z.object({
  data: z.object({ email_addresses: z.array(z.object({ email_address: z.string() })).default([]) }),
});

/** The user's email address, or else the id. */
export function describeSubject(message: Message): string {
  const { data } = payloadSchema.parse(JSON.parse(message.payload));
  return data.email_addresses[0]?.email_address ?? message.subjectId;
}
