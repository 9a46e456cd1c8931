import { type Context, Hono } from "hono";
import type { z } from "zod";
import { createManyUsers } from "../../accounts/many-users.ts";
import { faultSchema } from "../../chaos/fault.ts";
import { chaosPatchSchema } from "../../chaos/settings.ts";
import { addFault, stopChaos, updateChaos } from "../../chaos/update-chaos.ts";
import { parseForm } from "../../frontend-api/request.ts";
import type { Instance } from "../../instance.ts";
import { validate } from "../../wire/validate.ts";
import { rotateWebhookSecret } from "../actions.ts";
import { bulkUsersSchema, rotationSchema } from "../protocol.ts";
import {
  clockForm,
  deliveriesForm,
  faultForm,
  manyUsersForm,
  rateLimitsForm,
  rotationForm,
} from "./chaos-forms.ts";
import { chaosPage } from "./chaos-page.ts";

export function chaosRoutes(instance: Instance): Hono {
  const back = (c: Context) => c.redirect("/chaos", 303);
  const change = (form: z.ZodType<object>) => async (c: Context) => {
    updateChaos(instance, validate(chaosPatchSchema, await parseForm(c, form)));
    return back(c);
  };
  return new Hono()
    .get("/chaos", (c) => c.html(chaosPage(instance)))
    .post("/chaos/deliveries", change(deliveriesForm))
    .post("/chaos/rate-limits", change(rateLimitsForm))
    .post("/chaos/clock", change(clockForm))
    .post("/chaos/faults", async (c) => {
      addFault(instance, validate(faultSchema, await parseForm(c, faultForm)));
      return back(c);
    })
    .post("/chaos/faults/clear", (c) => {
      updateChaos(instance, { backendApi: { faults: [] } });
      return back(c);
    })
    .post("/chaos/rotate-secret", async (c) => {
      rotateWebhookSecret(instance, validate(rotationSchema, await parseForm(c, rotationForm)));
      return back(c);
    })
    .post("/chaos/many-users", async (c) => {
      createManyUsers(instance, validate(bulkUsersSchema, await parseForm(c, manyUsersForm)));
      return c.redirect("/", 303);
    })
    .post("/chaos/stop", (c) => {
      stopChaos(instance);
      return back(c);
    });
}
