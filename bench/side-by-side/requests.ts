import { Webhook } from "svix";
import { localClerkKeys } from "../../tests/clerk/environment.ts";
import { clerkEvent } from "../../tests/support/webhooks.ts";
import type { Lane } from "./scenarios.ts";
import { controlOf, type Site, type Surroundings } from "./sites.ts";
import { signIn, stayAnonymous } from "./visitors.ts";

/** A request as it goes over the wire. */
export interface Prepared {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

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
const browser = {
  "User-Agent":
    "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Accept-Language": "en-GB,en;q=0.9",
};

/** So many requests of a lane, all that they need made beforehand. */
export async function prepareRequests(
  lane: Lane,
  site: Site,
  surroundings: Surroundings,
  count: number,
): Promise<Prepared[]> {
  if (lane.sender === "svix") return prepareWebhooks(lane, surroundings, count);
  const senders = await cookiesOf(lane, site, surroundings, count);
  return Array.from({ length: count }, (_, i) => {
    const { Cookie, ...others } = senders[i % senders.length] ?? {};
    const cookies = [Cookie, lane.cookie].filter(Boolean).join("; ");
    const headers = { ...browser, ...headersAs[lane.as], ...others, Cookie: cookies };
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

async function cookiesOf(lane: Lane, site: Site, surroundings: Surroundings, count: number) {
  const { admin, regulars, strangers } = surroundings.people;
  if (lane.sender === "nobody") return [await stayAnonymous(site, surroundings)];
  if (lane.sender === "admin") return [await signIn(site, surroundings, admin)];
  if (lane.sender === "strangers" && strangers.length < count)
    throw new Error(`${count} requests of ${strangers.length} strangers`);
  const times = lane.sender === "renewed" ? Math.ceil(count / regulars.length) : 1;
  const people =
    lane.sender === "strangers"
      ? strangers.slice(0, count)
      : Array.from({ length: times }, () => regulars).flat();
  const senders = [];
  for (const person of people) senders.push(await signIn(site, surroundings, person));
  return senders;
}

let events = 0;

/** Changes of known people, none sent twice, the metadata as the rows have it. */
async function prepareWebhooks(
  lane: Lane,
  surroundings: Surroundings,
  count: number,
): Promise<Prepared[]> {
  const { regulars } = surroundings.people;
  const users = await Promise.all(
    regulars.map(({ clerkUserId }) => controlOf(surroundings).getUser(clerkUserId)),
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
