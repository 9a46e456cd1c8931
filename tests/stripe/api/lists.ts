import type { SQLInputValue } from "node:sqlite";
import type { Database } from "../../local-service/state/database.ts";
import type { DocumentTable } from "../../local-service/state/documents.ts";
import { StripeError } from "../wire/errors.ts";
import type { CreatedFilter } from "./fields.ts";

type Page = {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
};

export type Condition = { sql: string; values: SQLInputValue[] };

type ListOptions<Entity> = {
  table: DocumentTable<Entity>;
  tableName: string;
  /** Such as `checkout.session`, for errors. */
  type: string;
  conditions: Condition[];
};

/** One page, newest first, and whether there are more in the direction of the page. */
export function listPage<Entity extends { id: string }>(
  db: Database,
  { table, tableName, type, conditions }: ListOptions<Entity>,
  { limit, starting_after, ending_before }: Page,
): { data: Entity[]; hasMore: boolean } {
  const cursor = starting_after ?? ending_before;
  const backwards = starting_after === undefined && ending_before !== undefined;
  if (cursor !== undefined && table.find(db, cursor) === undefined) {
    const param = backwards ? "ending_before" : "starting_after";
    const message = `No such ${type}: '${cursor}'`;
    throw new StripeError(400, message, { code: "resource_missing", param });
  }
  const position = `rowid ${backwards ? ">" : "<"} (SELECT rowid FROM ${tableName} WHERE id = ?)`;
  const all = [
    ...conditions,
    ...(cursor === undefined ? [] : [{ sql: position, values: [cursor] }]),
  ];
  const where = all.length === 0 ? "" : `WHERE ${all.map(({ sql }) => sql).join(" AND ")}`;
  const values = all.flatMap((condition) => condition.values);
  const order = backwards ? "ASC" : "DESC";
  const rows = table.select(db, `${where} ORDER BY rowid ${order} LIMIT ?`, ...values, limit + 1);
  const data = rows.slice(0, limit);
  return { data: backwards ? data.reverse() : data, hasMore: rows.length > limit };
}

export const ofMode = (livemode: boolean): Condition => ({
  sql: "livemode = ?",
  values: [Number(livemode)],
});

export function createdWithin(filter: CreatedFilter | undefined): Condition[] {
  if (filter === undefined) return [];
  const operators = { equals: "=", gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;
  return Object.entries(operators).flatMap(([name, operator]) => {
    const value = new Map(Object.entries(filter)).get(name);
    return value === undefined ? [] : [{ sql: `created ${operator} ?`, values: [value] }];
  });
}

export function listJson(url: string, data: object[], hasMore: boolean) {
  return { object: "list", data, has_more: hasMore, url };
}
