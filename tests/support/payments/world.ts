import { insertCourse } from "../courses.ts";
import type { Platform } from "../platform.ts";
import { cookieHeader, lastingClaims, withToken } from "../signed-in-user.ts";
import { buyersPerSchedule, coursesPerSchedule, prices } from "./schedule.ts";

export interface Buyer extends Browser {
  id: string;
  clerkUserId: string;
  email: string;
}

interface Browser {
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

async function createBuyer(platform: Platform): Promise<Buyer> {
  const id = crypto.randomUUID();
  const email = `${id}@example.com`;
  const { id: clerkUserId } = await platform.clerk.createUser({
    emailAddresses: [email],
    firstName: "Ada",
    lastName: "Lovelace",
    publicMetadata: { dbId: id, role: "user" },
  });
  return { id, clerkUserId, email, ...(await signIn(platform, clerkUserId)) };
}

/** A new session, because a ban ends the others. */
export async function signIn({ clerk, origin }: Platform, userId: string): Promise<Browser> {
  const { sessionId, cookies } = await clerk.createSession({ userId, appOrigin: origin });
  const token = await clerk.mintSessionToken({ sessionId, azp: origin, claims: lastingClaims() });
  const headers = { ...cookieHeader(withToken(cookies, token)), Origin: origin };
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, { redirect: "manual", headers, ...init });
  return {
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
