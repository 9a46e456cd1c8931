import { z } from "zod";
import type { UserFilter } from "../state/user-filter.ts";
import { isSortField, type UserPage } from "../state/user-list.ts";
import { invalidValue } from "../wire/parameter-errors.ts";
import { flagParam, numberParam, pageQuery, stringParam } from "./request.ts";

const stringList = z.array(z.string()).max(100).optional();
const timestamp = numberParam.optional();
const text = stringParam.optional();

/** Filters of `GET /v1/users` and `GET /v1/users/count`. */
const filterFields = {
  email_address: stringList,
  phone_number: stringList,
  user_id: stringList,
  username: stringList,
  external_id: stringList,
  query: text,
  email_address_query: text,
  phone_number_query: text,
  username_query: text,
  name_query: text,
  banned: flagParam.optional(),
  created_at_before: timestamp,
  created_at_after: timestamp,
  last_active_at_before: timestamp,
  last_active_at_after: timestamp,
  last_active_at_since: timestamp,
  last_sign_in_at_before: timestamp,
  last_sign_in_at_after: timestamp,
};

export const countQuery = z.strictObject(filterFields).transform(toFilter);

const pageFields = {
  ...pageQuery,
  order_by: stringParam.default("-created_at"),
  starting_after: stringParam.optional(),
};

export const listQuery = z
  .strictObject({ ...filterFields, ...pageFields })
  .transform((query) => ({ filter: toFilter(query), page: toPage(query) }));

function toFilter(query: z.infer<z.ZodObject<typeof filterFields>>): UserFilter {
  return {
    emailAddresses: query.email_address,
    phoneNumbers: query.phone_number,
    userIds: query.user_id,
    usernames: query.username,
    externalIds: query.external_id,
    query: query.query,
    emailAddressQuery: query.email_address_query,
    phoneNumberQuery: query.phone_number_query,
    usernameQuery: query.username_query,
    nameQuery: query.name_query,
    banned: query.banned,
    createdBefore: query.created_at_before,
    createdAfter: query.created_at_after,
    lastActiveBefore: query.last_active_at_before,
    lastActiveAfter: query.last_active_at_after,
    lastActiveSince: query.last_active_at_since,
    lastSignInBefore: query.last_sign_in_at_before,
    lastSignInAfter: query.last_sign_in_at_after,
  };
}

/** Throws 422 for an unknown order, and for a cursor with another order than by creation. */
function toPage(query: z.infer<z.ZodObject<typeof pageFields>>): UserPage {
  const order = query.order_by ?? "";
  // A `+` that is not escaped in a URL is a space.
  const orderBy = order.replace(/^[+ -]/, "");
  if (!isSortField(orderBy)) throw invalidValue("order_by", order);
  const startingAfter = query.starting_after;
  if (startingAfter !== undefined && (orderBy !== "created_at" || query.offset > 0)) {
    throw invalidValue("starting_after", startingAfter);
  }
  const { limit, offset } = query;
  return { orderBy, descending: order.startsWith("-"), limit, offset, startingAfter };
}
