import { Hono } from "hono";
import { z } from "zod";
import { createInvitation, revokeInvitation } from "../accounts/invitations.ts";
import type { Instance } from "../instance.ts";
import { metadataSchema } from "../state/users.ts";
import { invitationJson } from "../wire/invitation-json.ts";
import { findInvitations, invitationQuery } from "./invitation-list.ts";
import { noParameters, pathId, readJson, readQuery } from "./request.ts";

const createBody = z.strictObject({
  email_address: z.email(),
  public_metadata: metadataSchema.nullish(),
  redirect_url: z.url().nullish(),
  notify: z.boolean().nullish(),
  ignore_existing: z.boolean().nullish(),
  expires_in_days: z.number().int().min(1).max(365).nullish(),
  template_slug: z.enum(["invitation", "waitlist_invitation"]).optional(),
});

/** `/v1/invitations`. An invited person signs up with a verified address. */
export function invitationRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/invitations", (c) => {
    const query = readQuery(c, invitationQuery);
    const matching = findInvitations(instance, query);
    const page = matching.slice(query.offset, query.offset + query.limit);
    const data = page.map((invitation) => invitationJson(instance, invitation));
    return c.json(query.paginated ? { data, total_count: matching.length } : data);
  });

  routes.post("/invitations", async (c) => {
    const body = await readJson(c, createBody);
    return c.json(invitationJson(instance, createInvitation(instance, toInput(body))));
  });

  routes.post("/invitations/bulk", async (c) => {
    const bodies = await readJson(c, z.array(createBody).min(1).max(10));
    const created = instance.db.transaction(() =>
      bodies.map((body) => createInvitation(instance, toInput(body))),
    );
    return c.json(created.map((invitation) => invitationJson(instance, invitation)));
  });

  routes.post("/invitations/:id/revoke", async (c) => {
    await readJson(c, noParameters);
    const revoked = revokeInvitation(instance, pathId(c));
    return c.json({ ...invitationJson(instance, revoked), revoked: true });
  });

  return routes;
}

const toInput = (body: z.infer<typeof createBody>) => ({
  emailAddress: body.email_address,
  publicMetadata: body.public_metadata ?? {},
  redirectUrl: body.redirect_url ?? null,
  notify: body.notify ?? true,
  ignoreExisting: body.ignore_existing ?? false,
  days: body.expires_in_days ?? 30,
});
