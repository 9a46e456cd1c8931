import { Hono } from "hono";
import { addFault, stopChaos, updateChaos } from "../chaos/update-chaos.ts";
import type { LocalService } from "../service.ts";
import { attempts, findMessage, listMessages, type Message } from "../webhooks/messages.ts";
import { ControlError, validateInput } from "./errors.ts";
import { readBody } from "./input.ts";
import { idleRequestSchema, messageFilterSchema, rotationSchema } from "./protocol.ts";
import { rotateWebhookSecret } from "./rotate-secret.ts";

const done = { done: true };

/** The parts of the JSON control API that all local services share: webhooks and chaos. */
export function sharedControlApi(service: LocalService): Hono {
  return new Hono().route("/", webhookRoutes(service)).route("/", chaosRoutes(service));
}

function webhookRoutes(service: LocalService): Hono {
  const { db, dispatcher, secretFormat } = service;
  return new Hono()
    .get("/webhooks", (c) =>
      c.json(listMessages(db, validateInput(messageFilterSchema, c.req.query()))),
    )
    .post("/webhooks/hold", (c) => c.json(service.changeSettings({ webhooks: { held: true } })))
    .post("/webhooks/release", (c) => c.json(service.changeSettings({ webhooks: { held: false } })))
    .post("/webhooks/wait-for-idle", async (c) => {
      await dispatcher.idle(await readBody(c, idleRequestSchema));
      return c.json(done);
    })
    .post("/webhooks/rotate-secret", async (c) => {
      const rotation = await readBody(c, rotationSchema(secretFormat.schema));
      return c.json(rotateWebhookSecret(service, rotation));
    })
    .get("/webhooks/:id/attempts", (c) => {
      const { id } = requireMessage(service, c.req.param("id"));
      return c.json(attempts.select(db, "WHERE message_id = ? ORDER BY rowid", id));
    })
    .post("/webhooks/:id/redeliver", (c) => {
      dispatcher.redeliver(requireMessage(service, c.req.param("id")));
      return c.json(requireMessage(service, c.req.param("id")));
    });
}

function chaosRoutes(service: LocalService): Hono {
  const { patch, fault } = service.chaos.schemas;
  return new Hono()
    .get("/chaos", (c) => c.json(service.chaos.settings()))
    .patch("/chaos", async (c) => c.json(updateChaos(service, await readBody(c, patch))))
    .post("/chaos/faults", async (c) => c.json(addFault(service, await readBody(c, fault))))
    .post("/chaos/stop", (c) => c.json(stopChaos(service)));
}

/** @throws {ControlError} 404 */
export function requireMessage({ db }: LocalService, id: string): Message {
  const message = findMessage(db, id);
  if (message === undefined) throw new ControlError(404, `No webhook message has the id ${id}`);
  return message;
}
