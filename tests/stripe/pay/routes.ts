import { type Context, Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import { ControlError } from "../../local-service/control/errors.ts";
import { isLoopback } from "../../local-service/control/guard.ts";
import { readForm } from "../../local-service/control/input.ts";
import { styles } from "../../local-service/control/styles.ts";
import { confirmOnPage, payOnPage } from "../control/actions.ts";
import type { Instance } from "../instance.ts";
import { payMethodNames } from "../payments/payment-methods.ts";
import { paymentIntents } from "../state/payments.ts";
import { type Session, sessions } from "../state/sessions.ts";
import { confirmPage, messagePage, payPage } from "./pages.ts";
import { successUrl } from "./success-url.ts";

const payForm = z.object({
  email: z.email("Enter an email address"),
  method: z.enum(payMethodNames),
});

const confirmForm = z
  .object({ outcome: z.enum(["confirm", "refuse"]) })
  .transform(({ outcome }) => ({ confirmed: outcome === "confirm" }));

/** The hosted pages, mounted at `/pay`. */
export function payPages(instance: Instance): Hono {
  return new Hono()
    .use(guard)
    .get("/styles.css", (c) => c.body(styles, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/:id", (c) => {
      const session = findSession(instance, c);
      const message = c.req.query("declined") === undefined ? null : lastError(instance, session);
      return c.html(session.status === "open" ? payPage(session, message) : messagePage(session));
    })
    .get("/:id/confirm", (c) => {
      const session = findSession(instance, c);
      return c.html(session.status === "open" ? confirmPage(session) : messagePage(session));
    })
    .post("/:id", async (c) => {
      const form = await readForm(c, payForm);
      const { id } = findSession(instance, c);
      return c.redirect(payOnPage(instance, id, form).url, 303);
    })
    .post("/:id/confirm", async (c) => {
      const form = await readForm(c, confirmForm);
      const { id } = findSession(instance, c);
      return c.redirect(confirmOnPage(instance, id, form).url, 303);
    });
}

/** Finds the session of the page and sets the page's headers. */
function findSession({ db }: Instance, c: Context): Session {
  const session = sessions.find(db, c.req.param("id") ?? "");
  if (session === undefined) throw new ControlError(404, "This page could not be found.");
  // Chromium applies `form-action` to redirects, too.
  const target = new URL(successUrl(session)).origin;
  c.header(
    "content-security-policy",
    `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${target}; base-uri 'none'; frame-ancestors 'none'`,
  );
  c.header("referrer-policy", "strict-origin-when-cross-origin");
  c.header("cache-control", "no-store");
  return session;
}

function lastError({ db }: Instance, { paymentIntentId }: Session): string | null {
  if (paymentIntentId === null) return null;
  return paymentIntents.find(db, paymentIntentId)?.lastError?.message ?? null;
}

/** Other sites may link here, but not post. */
const guard: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const origin = c.req.header("origin");
  const foreign = c.req.method === "POST" && origin !== undefined && origin !== url.origin;
  if (!isLoopback(url.hostname) || foreign) throw new ControlError(403, "Not allowed");
  await next();
};
