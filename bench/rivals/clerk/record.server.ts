import { createClerkClient } from "@clerk/remix/api.server";
import { getAuth } from "@clerk/remix/ssr.server";
import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import type { RivalEnv } from "../shared/captured";

/** Same fields as the application's profile. */
interface Profile {
  id: string;
  name: string;
  email: string | null;
  imageUrl: string | null;
  role: string;
  createdAt: string;
}

/** The signed-in user's record from the source in `RECORD`, or null. */
export async function findRecord(args: LoaderFunctionArgs): Promise<Profile | null> {
  const { userId } = await getAuth(args);
  if (!userId) return null;
  const { env } = args.context.cloudflare;
  if (env.RECORD === "clerk") return fromClerk(userId, env);
  if (env.RECORD === "d1") return fromD1(userId, env);
  return claimsOnly(userId);
}

async function fromClerk(userId: string, env: RivalEnv): Promise<Profile> {
  const clerk = createClerkClient({ secretKey: env.CLERK_SECRET_KEY, apiUrl: env.CLERK_API_URL });
  const user = await clerk.users.getUser(userId);
  return {
    id: user.id,
    name: user.fullName ?? "User",
    email: user.primaryEmailAddress?.emailAddress ?? null,
    imageUrl: user.imageUrl,
    role: "user",
    createdAt: new Date(user.createdAt).toISOString(),
  };
}

async function fromD1(userId: string, { DB }: RivalEnv): Promise<Profile | null> {
  return DB.prepare(
    `select id, name, email, image_url as imageUrl, role, created_at as createdAt from users where clerk_user_id = ?`,
  )
    .bind(userId)
    .first<Profile>();
}

function claimsOnly(userId: string): Profile {
  const createdAt = new Date(0).toISOString();
  return { id: userId, name: "User", email: null, imageUrl: null, role: "user", createdAt };
}
