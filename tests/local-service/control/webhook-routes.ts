import { Hono } from "hono";
import type { LocalService } from "../service.ts";
import { requireMessage } from "./api.ts";
import { pageNumber } from "./input.ts";
import { webhookPage } from "./webhook-page.ts";
import { type DescribeSubject, webhooksPage } from "./webhooks-page.ts";

/** The pages of webhook messages and their buttons. */
export function webhookRoutes(service: LocalService, describe: DescribeSubject): Hono {
  const { messagesPath } = service.texts;
  const hold = (held: boolean) => service.changeSettings({ webhooks: { held } });
  return new Hono()
    .get(messagesPath, (c) => c.html(webhooksPage(service, describe, pageNumber(c))))
    .get(`${messagesPath}/:id`, (c) =>
      c.html(webhookPage(service, requireMessage(service, c.req.param("id")))),
    )
    .post("/webhooks/hold", (c) => {
      hold(true);
      return c.redirect(messagesPath, 303);
    })
    .post("/webhooks/release", (c) => {
      hold(false);
      return c.redirect(messagesPath, 303);
    })
    .post(`${messagesPath}/:id/redeliver`, async (c) => {
      const message = requireMessage(service, c.req.param("id"));
      service.dispatcher.redeliver(message);
      await service.dispatcher.idle({ retries: false });
      return c.redirect(`${messagesPath}/${message.id}`, 303);
    });
}
