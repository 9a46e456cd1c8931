import { getTableColumns, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { deliveryOutcomes } from "~/db/enums";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { webhookDeliveries } from "~/db/schema.server";
import { deliveryKey, deliveryKind } from "~/db/sort-keys";
import { type DeliveryQuery, deliveryTypes } from "./delivery-query";

const columns = getTableColumns(webhookDeliveries);
const match = sql`outcome = arm.value ->> '$.outcome' and ${sql.raw(deliveryKind)} = arm.value ->> '$.kind'`;

export async function listDeliveries(db: Database, query: DeliveryQuery) {
  const ranges = deliveryOutcomes
    .filter((outcome) => query.outcome === null || query.outcome === outcome)
    .flatMap((outcome) =>
      deliveryTypes
        .map((type, kind) => ({ type, outcome, kind, prefix: "" }))
        .filter(({ type }) => query.type === null || query.type === type),
    );
  const page = keysetPage({
    table: webhookDeliveries,
    match,
    ranges,
    key: deliveryKey,
    order: "desc",
    cursor: query,
  });
  const rows = await runQuery(
    db
      .select({ ...columns, key: sql<string>`${sql.raw(deliveryKey)}`.as("key") })
      .from(webhookDeliveries)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(rows, query);
}
