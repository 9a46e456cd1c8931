import { z } from "zod";
import type { Clock } from "../../local-service/clock.ts";
import type { Database } from "../../local-service/state/database.ts";
import { documentTable } from "../../local-service/state/documents.ts";
import { newId } from "./identifiers.ts";

/** A browser, identified by its development browser id. */
const clientSchema = z.object({
  id: z.string(),
  devBrowserId: z.string(),
  signUpId: z.string().nullable(),
  signInId: z.string().nullable(),
  lastActiveSessionId: z.string().nullable(),
  lastStrategy: z.enum(["password", "email_code"]).nullable(),
  createdAt: z.number(),
  /** Becomes `__client_uat`: a change outside of sign-in and sign-out would cause a handshake. */
  updatedAt: z.number(),
});
export type Client = z.infer<typeof clientSchema>;

export const clients = documentTable<Client>({
  table: "clients",
  schema: clientSchema,
  columns: (client) => ({ dev_browser_id: client.devBrowserId }),
});

export function createClient(db: Database, clock: Clock): Client {
  const now = clock.now();
  return clients.save(db, {
    id: newId("client"),
    devBrowserId: newId("dvb"),
    signUpId: null,
    signInId: null,
    lastActiveSessionId: null,
    lastStrategy: null,
    createdAt: now,
    updatedAt: now,
  });
}

export function findClientByDevBrowser(db: Database, devBrowserId: string): Client | undefined {
  return clients.select(db, "WHERE dev_browser_id = ?", devBrowserId)[0];
}
