import { z } from "zod";
import { sortableColumns, type UserFilter, type UserPage } from "../state/user-list.ts";
import { metadataSchema } from "../state/users.ts";
import { numberParam, pageQuery, stringParam } from "./request.ts";

/** Body of `POST /v1/users`. */
export const createUserBody = z.object({
  email_address: z.array(z.email()).default([]),
  password: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  username: z.string().nullish(),
  external_id: z.string().nullish(),
  locale: z.string().nullish(),
  public_metadata: metadataSchema.nullish(),
  private_metadata: metadataSchema.nullish(),
  unsafe_metadata: metadataSchema.nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
});
export type CreateUserBody = z.infer<typeof createUserBody>;

/** Body of `PATCH /v1/users/:id`. Metadata is replaced. */
export const updateUserBody = z.object({
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  username: z.string().nullish(),
  external_id: z.string().nullish(),
  locale: z.string().nullish(),
  password: z.string().optional(),
  sign_out_of_other_sessions: z.boolean().optional(),
  primary_email_address_id: z.string().optional(),
  delete_self_enabled: z.boolean().optional(),
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
  unsafe_metadata: metadataSchema.optional(),
});
export type UpdateUserBody = z.infer<typeof updateUserBody>;

/** Body of `PATCH /v1/users/:id/metadata`. Metadata is merged. */
export const metadataBody = z.object({
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
  unsafe_metadata: metadataSchema.optional(),
});
export type MetadataBody = z.infer<typeof metadataBody>;

/** Body of `POST /v1/users/ban` and `/unban`. */
export const bulkBanBody = z.object({ user_ids: z.array(z.string()).min(1).max(50) });
export type BulkBanBody = z.infer<typeof bulkBanBody>;

export const passwordBody = z.object({ password: z.string() });

const stringList = z.array(z.string()).optional();
const timestamp = numberParam.optional();

/** Filters of `GET /v1/users` and `GET /v1/users/count`. */
const filterFields = {
  email_address: stringList,
  user_id: stringList,
  username: stringList,
  external_id: stringList,
  query: stringParam.optional(),
  created_at_before: timestamp,
  created_at_after: timestamp,
  last_active_at_since: timestamp,
  last_sign_in_at_before: timestamp,
  last_sign_in_at_after: timestamp,
};

export const countQuery = z.object(filterFields).transform(toFilter);

const orderPattern = new RegExp(`^[+ -]?(${sortableColumns.join("|")})$`);
const orderField = stringParam
  .pipe(z.string().regex(orderPattern, "is not a supported sort order"))
  .default("-created_at");

export const listQuery = z
  .object({ ...filterFields, ...pageQuery, order_by: orderField })
  .transform((query) => ({ filter: toFilter(query), page: toPage(query) }));

type FilterFields = z.infer<z.ZodObject<typeof filterFields>>;

function toFilter(query: FilterFields): UserFilter {
  return {
    emailAddresses: query.email_address,
    userIds: query.user_id,
    usernames: query.username,
    externalIds: query.external_id,
    query: query.query,
    createdBefore: query.created_at_before,
    createdAfter: query.created_at_after,
    lastActiveSince: query.last_active_at_since,
    lastSignInBefore: query.last_sign_in_at_before,
    lastSignInAfter: query.last_sign_in_at_after,
  };
}

function toPage(query: { order_by: string; limit: number; offset: number }): UserPage {
  const column = query.order_by.replace(/^[+ -]/, "");
  return {
    orderBy: sortableColumns.find((name) => name === column) ?? "created_at",
    descending: query.order_by.startsWith("-"),
    limit: query.limit,
    offset: query.offset,
  };
}
