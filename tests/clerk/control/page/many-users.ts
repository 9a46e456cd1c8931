import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { checkbox, number } from "../../../local-service/control/chaos-forms.ts";
import { validateInput } from "../../../local-service/control/errors.ts";
import { number as numberField } from "../../../local-service/control/fields.ts";
import { readForm } from "../../../local-service/control/input.ts";
import { createManyUsers } from "../../accounts/many-users.ts";
import type { Instance } from "../../instance.ts";
import { bulkUsersSchema } from "../protocol.ts";

const form = z.object({ count: number, prefix: z.string(), webhooks: checkbox });

export const manyUsersForm = html`<form class="card pad" method="post" action="/chaos/many-users">
  <h2>Create many users</h2>
  <p class="muted">100,000 users take a few seconds. A prefix can be used only once.</p>
  <div class="fields">
    ${numberField("count", "Number of users", 1000)}
    <label>Email address prefix <input name="prefix" value="many-" required></label>
  </div>
  <label class="check"><input type="checkbox" name="webhooks">
    Send a webhook for each user</label>
  <div><button class="primary">Create users</button></div>
</form>`;

export function manyUsersRoute(instance: Instance): Hono {
  return new Hono().post("/chaos/many-users", async (c) => {
    createManyUsers(instance, validateInput(bulkUsersSchema, await readForm(c, form)));
    return c.redirect("/", 303);
  });
}
