import { createClerkClient } from "@clerk/backend";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { startReceiver } from "../../support/webhook-receiver.ts";
import { createControlClient } from "../control-client.ts";
import { deploymentOf } from "../deployment.ts";
import { type LocalClerkOptions, startLocalClerk } from "../server.ts";

export const appOrigin = "http://localhost:8787";

/** Starts a local Clerk for this test and closes it when the test finishes. */
export async function startClerk(options: Partial<LocalClerkOptions> = {}) {
  const { secretKey, publishableKey } = deploymentOf(options.setup ?? "local");
  const webhookUrl = options.webhookUrl ?? (await startReceiver()).url;
  const clerk = await startLocalClerk({
    statePath: ":memory:",
    seed: false,
    retryDelayScale: 0,
    ...options,
    webhookUrl,
  });
  let open = true;
  const close = async () => {
    if (open) await clerk.close();
    open = false;
  };
  onTestFinished(close);
  return {
    ...clerk,
    close,
    control: createControlClient(clerk.origin),
    backend: createClerkClient({
      secretKey,
      publishableKey,
      apiUrl: `${clerk.origin}/bapi`,
      jwtKey: clerk.jwtKey,
    }),
  };
}

const sessionSchema = z.object({
  id: z.string(),
  status: z.string(),
  user: z.object({ id: z.string() }).loose(),
  last_active_token: z.object({ jwt: z.string() }),
});

const responseSchema = z.object({
  response: z.record(z.string(), z.json()).optional(),
  client: z
    .object({ id: z.string(), updated_at: z.number(), sessions: z.array(sessionSchema) })
    .nullish(),
  errors: z
    .array(z.object({ code: z.string(), meta: z.object({ param_name: z.string().optional() }) }))
    .optional(),
  jwt: z.string().optional(),
});

/** Sends requests like ClerkJS: GET or POST with `_method`, forms, browser id in the URL. */
export async function openBrowser(origin: string, existingId?: string) {
  const devBrowserId = existingId ?? (await createDevBrowser(origin));

  async function raw(method: string, path: string, form: Record<string, string> = {}) {
    const url = new URL(`/v1${path}`, origin);
    url.searchParams.set("__clerk_db_jwt", devBrowserId);
    if (!["GET", "POST"].includes(method)) url.searchParams.set("_method", method);
    return fetch(url, {
      method: method === "GET" ? "GET" : "POST",
      headers: { origin: appOrigin },
      ...(method === "GET" ? {} : { body: new URLSearchParams(form) }),
    });
  }

  async function send(method: string, path: string, form?: Record<string, string>) {
    const response = await raw(method, path, form);
    return { status: response.status, ...responseSchema.parse(await response.json()) };
  }

  /** Throws unless the status is 200. */
  async function sendOk(method: string, path: string, form?: Record<string, string>) {
    const { status, response, client, errors } = await send(method, path, form);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(errors)}`);
    return { resource: response ?? {}, id: String(response?.id), client };
  }

  async function signIn(identifier: string, password: string) {
    const { id } = await sendOk("POST", "/client/sign_ins", { identifier });
    const form = { strategy: "password", password };
    const { client } = await sendOk("POST", `/client/sign_ins/${id}/attempt_first_factor`, form);
    const session = client?.sessions[0];
    if (session === undefined) throw new Error("The sign-in created no session");
    return session;
  }

  return { devBrowserId, raw, send, sendOk, signIn };
}

async function createDevBrowser(origin: string): Promise<string> {
  const created = await fetch(`${origin}/v1/dev_browser`, { method: "POST" });
  return z.object({ id: z.string() }).parse(await created.json()).id;
}
