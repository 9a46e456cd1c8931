import type { Site } from "./sites.ts";

/** Bytes per row in D1, including indexes. */
export interface RowBytes {
  user: number;
  delivery: number;
}

const deliveries = 10_000;

/** Compares a small and a large database, and adds deliveries to measure their growth. */
export async function measureRows(
  small: Site,
  large: Site,
  usersBetween: number,
): Promise<RowBytes> {
  const user = ((await sizeOf(large)) - (await sizeOf(small))) / usersBetween;
  const before = await sizeOf(small);
  await small.db
    .prepare(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${deliveries})
       insert into webhook_deliveries (svix_id, type, clerk_user_id, outcome, first_received_at, last_received_at)
       select printf('msg_%027d', i), 'user.updated', printf('user_%027d', i), 'applied', 1700000000000 + i, 1700000000000 + i from n`,
    )
    .run();
  return { user, delivery: ((await sizeOf(small)) - before) / deliveries };
}

async function sizeOf({ db }: Site): Promise<number> {
  const { meta } = await db.prepare("select 1").run();
  return meta.size_after;
}
