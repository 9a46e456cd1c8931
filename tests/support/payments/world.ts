import { insertCourse } from "../courses.ts";
import type { Platform } from "../platform.ts";
import { cookieHeader, lastingClaims, withToken } from "../signed-in-user.ts";
import { buyersPerSchedule, coursesPerSchedule, prices } from "./schedule.ts";

export interface Buyer {
  id: string;
  clerkUserId: string;
  email: string;
  get(path: string): Promise<Response>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
}

export interface Course {
  id: string;
  path: string;
  price: number;
}

/** The people and courses of one schedule, and what people have done on Stripe's pages. */
export interface World {
  buyers: Buyer[];
  courses: Course[];
  /** Payment pages that buyers were sent to. */
  sessions: string[];
}

/** Clerk's webhooks must be held: the buyers get their rows from here. */
export async function createWorlds(platform: Platform, count: number): Promise<World[]> {
  const worlds = await Promise.all(Array.from({ length: count }, () => createWorld(platform)));
  await insertRows(
    platform,
    worlds.flatMap(({ buyers }) => buyers),
  );
  return worlds;
}

async function createWorld(platform: Platform): Promise<World> {
  const [priceMinor] = prices;
  const newCourse = async () => ({
    ...(await insertCourse(platform, { priceMinor, sections: [["public"]] })),
    price: priceMinor,
  });
  return {
    buyers: await Promise.all(repeat(buyersPerSchedule, () => createBuyer(platform))),
    courses: await Promise.all(repeat(coursesPerSchedule, newCourse)),
    sessions: [],
  };
}

const repeat = <Item>(length: number, create: () => Item) => Array.from({ length }, create);

async function createBuyer({ clerk, origin }: Platform): Promise<Buyer> {
  const id = crypto.randomUUID();
  const email = `${id}@example.com`;
  const { id: clerkUserId } = await clerk.createUser({
    emailAddresses: [email],
    firstName: "Ada",
    lastName: "Lovelace",
    publicMetadata: { dbId: id, role: "user" },
  });
  const started = await clerk.createSession({ userId: clerkUserId, appOrigin: origin });
  const { sessionId } = started;
  const token = await clerk.mintSessionToken({ sessionId, azp: origin, claims: lastingClaims() });
  const headers = { ...cookieHeader(withToken(started.cookies, token)), Origin: origin };
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, { redirect: "manual", headers, ...init });
  return {
    id,
    clerkUserId,
    email,
    get: (path) => send(path),
    post: (path, fields) => send(path, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** The rows that webhooks would have written. */
async function insertRows({ db }: Platform, buyers: readonly Buyer[]): Promise<void> {
  const rows = buyers.map(({ id, clerkUserId, email }) => [id, clerkUserId, email]);
  await db
    .prepare(
      `insert into users (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at)
       select value ->> 0, value ->> 1, value ->> 2, 'Ada Lovelace', 'user', 1, 0, 1, 1 from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run();
}
