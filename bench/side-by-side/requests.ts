import { Webhook } from "svix";
import { localClerkKeys } from "../../tests/clerk/environment.ts";
import { clerkEvent } from "../../tests/support/webhooks.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import type { Lane } from "./scenarios.ts";
import { type BenchContext, controlOf, type Site } from "./sites.ts";
import { prepareStripeEvents } from "./stripe-events.ts";
import { signedOutCookies, signIn } from "./visitors.ts";

const headersAs: Record<Lane["as"], Record<string, string>> = {
  document: {
    Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
  },
  data: {
    Accept: "*/*",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
  },
  program: { Accept: "application/json" },
};
const browserHeaders = {
  "User-Agent":
    "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Accept-Language": "en-GB,en;q=0.9",
};

/** Prepares requests, including sessions and signatures, before the measurement. */
export async function prepareRequests(
  lane: Lane,
  site: Site,
  benchContext: BenchContext,
  count: number,
): Promise<PreparedRequest[]> {
  if (lane.sender === "svix") return prepareWebhooks(lane, benchContext, count);
  if (lane.sender === "stripe") return prepareStripeEvents(lane, site, count);
  const senders = await cookiesOf(lane, site, benchContext, count);
  return Array.from({ length: count }, (_, i) => {
    const { Cookie, ...otherHeaders } = senders[i % senders.length] ?? {};
    const cookies = [Cookie, lane.cookie].filter(Boolean).join("; ");
    const headers = { ...browserHeaders, ...headersAs[lane.as], ...otherHeaders, Cookie: cookies };
    const form = lane.form?.(Math.floor(i / senders.length));
    if (!form) return { method: "GET", path: lane.path, headers };
    return {
      method: "POST",
      path: form.path,
      headers: { ...headers, ...formHeaders, Origin: site.origin },
      body: new URLSearchParams(form.fields).toString(),
    };
  });
}

const formHeaders = {
  "Content-Type": "application/x-www-form-urlencoded",
  "Sec-Fetch-Site": "same-origin",
};

async function cookiesOf(lane: Lane, site: Site, benchContext: BenchContext, count: number) {
  const { admin, returningUsers, oneTimeUsers } = benchContext.people;
  if (lane.sender === "anonymous") return [await signedOutCookies(site, benchContext)];
  if (lane.sender === "admin") return [await signIn(site, benchContext, admin)];
  if (lane.sender === "oneTimeUsers" && oneTimeUsers.length < count)
    throw new Error(`${count} requests need as many one-time users, not ${oneTimeUsers.length}`);
  const times = lane.sender === "newToken" ? Math.ceil(count / returningUsers.length) : 1;
  const people =
    lane.sender === "oneTimeUsers"
      ? oneTimeUsers.slice(0, count)
      : Array.from({ length: times }, () => returningUsers).flat();
  const senders = [];
  for (const person of people) senders.push(await signIn(site, benchContext, person));
  return senders;
}

let events = 0;

/** Unique updates of existing users with unchanged metadata. */
async function prepareWebhooks(
  lane: Lane,
  benchContext: BenchContext,
  count: number,
): Promise<PreparedRequest[]> {
  const { returningUsers } = benchContext.people;
  const users = await Promise.all(
    returningUsers.map(({ clerkUserId }) => controlOf(benchContext).getUser(clerkUserId)),
  );
  const now = new Date();
  const signer = new Webhook(localClerkKeys.webhookSecret);
  return Array.from({ length: count }, (_, i) => {
    const event = ++events;
    const user = { ...users[i % users.length], first_name: `Ada ${event}` };
    const body = clerkEvent("user.updated", { ...user, updated_at: now.getTime() + event });
    const id = `msg_bench_${event}`;
    return {
      method: "POST",
      path: lane.path,
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Svix-Webhooks/1.0",
        "svix-id": id,
        "svix-timestamp": `${Math.floor(now.getTime() / 1000)}`,
        "svix-signature": signer.sign(id, now, body),
      },
      body,
    };
  });
}
