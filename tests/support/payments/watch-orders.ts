import assert from "node:assert/strict";
import * as z from "zod";
import type { Platform } from "../platform.ts";
import type { World } from "./world.ts";

/** What decides whether money that arrives needs an admin. */
const factsShape = { is_deleted: z.number(), is_banned: z.number(), is_unpublished: z.number() };

const orderShape = {
  id: z.string(),
  status: z.string(),
  state: z.string(),
  flag: z.string().nullable(),
};

const rowSchema = z.object({
  user_id: z.string(),
  course_id: z.string(),
  ...factsShape,
  is_enrolled: z.number(),
  /** Null if the buyer has not ordered the course. */
  orders: z.string().transform((text) => z.array(z.object(orderShape)).parse(JSON.parse(text))),
});
type Row = z.infer<typeof rowSchema>;
type Order = Row["orders"][number];

export type Watch = () => Promise<void>;

/**
 * Checks what must hold at every moment, against the previous call: payments only move forward,
 * access follows the money, and admins are told about money that needs them.
 */
export function watchOrders(platform: Platform, world: World): Watch {
  const seen = new Map<string, Row>();
  return async () => {
    for (const row of await readRows(platform, world)) {
      const key = `${row.user_id} ${row.course_id}`;
      expectAccess(row);
      const before = seen.get(key);
      if (before) for (const order of row.orders) expectProgress(before, row, order);
      seen.set(key, row);
    }
  };
}

async function readRows({ db }: Platform, { buyers, courses }: World): Promise<Row[]> {
  const ids = (items: readonly { id: string }[]) => JSON.stringify(items.map(({ id }) => id));
  const { results } = await db
    .prepare(
      `select u.id user_id, c.id course_id, u.deleted_at is not null is_deleted,
         u.banned_at is not null is_banned, c.status <> 'published' is_unpublished,
         exists (select 1 from enrollments e where e.user_id = u.id and e.course_id = c.id
           and e.revoked_at is null) is_enrolled,
         (select json_group_array(json_object('id', p.id, 'status', p.status, 'state', state, 'flag', flag))
           from purchases p left join payments on purchase_id = p.id
           where p.user_id = u.id and p.course_id = c.id) orders
       from users u join courses c
       where u.id in (select value from json_each(?)) and c.id in (select value from json_each(?))`,
    )
    .bind(ids(buyers), ids(courses))
    .all();
  return z.array(rowSchema).parse(results);
}

/** The states of a payment that its order can have. */
const statesOf: Record<string, readonly string[]> = {
  pending: ["open", "processing"],
  cancelled: ["canceled", "expired", "failed"],
  paid: ["paid"],
};

function expectAccess(row: Row): void {
  const text = JSON.stringify(row);
  for (const { status, state } of row.orders) assert.ok(statesOf[status]?.includes(state), text);
  const count = (status: string) => row.orders.filter((order) => order.status === status).length;
  assert.ok(count("pending") <= 1, `several pending orders: ${text}`);
  const entitles = ({ status, flag }: Order) => status === "paid" && flag !== "deleted-user";
  assert.equal(row.is_enrolled === 1, row.orders.some(entitles), `wrong enrollment: ${text}`);
}

const ranks = ["open", "processing", "canceled expired failed", "paid"];
const rankOf = (state: string) => ranks.findIndex((names) => names.split(" ").includes(state));

function expectProgress(before: Row, after: Row, order: Order): void {
  const text = JSON.stringify({ before, after });
  const previous = before.orders.find(({ id }) => id === order.id);
  if (previous === undefined || previous.state !== order.state) {
    const isForward = rankOf(previous?.state ?? "open") <= rankOf(order.state);
    assert.ok(isForward && previous?.state !== "paid", `not forward: ${text}`);
  }
  const isNewlyPaid = order.status === "paid" && previous?.status !== "paid";
  const flags = isNewlyPaid ? possibleFlags(before, after) : [previous?.flag ?? null];
  assert.ok(flags.includes(order.flag), `flagged ${order.flag}, not ${flags}: ${text}`);
}

type Facts = z.infer<z.ZodObject<typeof factsShape>>;

/** A payment may have been applied before or after each change of this round. */
function possibleFlags(before: Facts, after: Facts): (string | null)[] {
  const states = [before, after];
  return states.flatMap(({ is_deleted }) =>
    states.flatMap(({ is_banned }) =>
      states.map(({ is_unpublished }) => {
        if (is_deleted) return "deleted-user";
        if (is_banned) return "banned-user";
        return is_unpublished ? "unpublished-course" : null;
      }),
    ),
  );
}
