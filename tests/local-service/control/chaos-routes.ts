import { type Context, Hono } from "hono";
import type { z } from "zod";
import { addFault, stopChaos, updateChaos } from "../chaos/update-chaos.ts";
import type { LocalService } from "../service.ts";
import {
  clockForm,
  deliveriesForm,
  faultForm,
  rateLimitsForm,
  rotationForm,
} from "./chaos-forms.ts";
import { chaosPage } from "./chaos-page.ts";
import { validateInput } from "./errors.ts";
import { readForm } from "./input.ts";
import type { Html } from "./layout.ts";
import { rotationSchema } from "./protocol.ts";
import { rotateWebhookSecret } from "./rotate-secret.ts";

/** The chaos page and its forms; `more` are forms of this service only. */
export function chaosRoutes(service: LocalService, more: Html | string = ""): Hono {
  const { schemas } = service.chaos;
  const back = (c: Context) => c.redirect("/chaos", 303);
  const change = (form: z.ZodType<object>) => async (c: Context) => {
    updateChaos(service, validateInput(schemas.patch, await readForm(c, form)));
    return back(c);
  };
  return new Hono()
    .get("/chaos", (c) => c.html(chaosPage(service, more)))
    .post("/chaos/deliveries", change(deliveriesForm))
    .post("/chaos/rate-limits", change(rateLimitsForm))
    .post("/chaos/clock", change(clockForm))
    .post("/chaos/faults", async (c) => {
      addFault(service, validateInput(schemas.fault, await readForm(c, faultForm)));
      return back(c);
    })
    .post("/chaos/faults/clear", (c) => {
      updateChaos(service, { api: { faults: [] } });
      return back(c);
    })
    .post("/chaos/rotate-secret", async (c) => {
      const schema = rotationSchema(service.secretFormat.schema);
      rotateWebhookSecret(service, validateInput(schema, await readForm(c, rotationForm)));
      return back(c);
    })
    .post("/chaos/stop", (c) => {
      stopChaos(service);
      return back(c);
    });
}
