import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { BuiltWorker } from "../../tests/support/built-worker.ts";
import type { Burst } from "./events.ts";

const rowsSchema = z.array(
  z.object({
    clerkUserId: z.string(),
    email: z.string().nullable(),
    name: z.string(),
    imageUrl: z.string().nullable(),
    clerkUpdatedAt: z.number(),
    role: z.literal("user"),
    isDeleted: z.number(),
  }),
);
const deliveriesSchema = z.array(z.object({ svixId: z.string(), attempts: z.number() }));

/** @throws unless the rows match the oracle and all deliveries have been counted. */
export async function expectOracle(db: BuiltWorker["db"], burst: Burst): Promise<void> {
  const rows = await db
    .prepare(
      `select clerk_user_id as clerkUserId, email, name, image_url as imageUrl, role,
         clerk_updated_at as clerkUpdatedAt, deleted_at is not null as isDeleted from users`,
    )
    .all();
  const found = new Map(
    rowsSchema
      .parse(rows.results)
      .map(({ clerkUserId, isDeleted, role, ...profile }) => [
        clerkUserId,
        isDeleted ? redacted(profile) : profile,
      ]),
  );
  expectEqual("users", found, burst.oracle);
  const deliveries = await db
    .prepare("select svix_id as svixId, attempts from webhook_deliveries")
    .all();
  const attempts = new Map(
    deliveriesSchema.parse(deliveries.results).map(({ svixId, attempts }) => [svixId, attempts]),
  );
  const sent = new Map<string, number>();
  for (const { svixId } of burst.sent) sent.set(svixId, (sent.get(svixId) ?? 0) + 1);
  expectEqual("deliveries", attempts, sent);
}

/** Null, like in the oracle, for a fully redacted tombstone. */
function redacted(profile: { email: string | null; name: string; imageUrl: string | null }) {
  const isRedacted =
    profile.email === null && profile.imageUrl === null && profile.name === "Deleted user";
  return isRedacted ? null : profile;
}

function expectEqual(subject: string, found: Map<string, unknown>, expected: Map<string, unknown>) {
  if (isDeepStrictEqual(found, expected)) return;
  const mismatches = [...expected].filter(
    ([key, value]) => !isDeepStrictEqual(found.get(key), value),
  );
  const [first] = mismatches;
  throw new Error(
    `${subject}: ${found.size} instead of ${expected.size}, ${mismatches.length} mismatches, such as ${first?.[0]}:
    ${JSON.stringify(first && found.get(first[0]))} instead of ${JSON.stringify(first?.[1])}`,
  );
}
