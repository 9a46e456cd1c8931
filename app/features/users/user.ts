import * as z from "zod";

export const roles = ["user", "admin"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What became of a webhook delivery; `duplicate` is told to the sender, the ledger keeps the first outcome. */
export const deliveryOutcomes = ["applied", "duplicate", "stale", "ignored", "rejected"] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** The application's user record as loaders, pages and the cache see it. Times are milliseconds since the epoch. */
export const userSchema = z.object({
  id: z.string(),
  clerkUserId: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  imageUrl: z.string().nullable(),
  role: roleSchema,
  clerkUpdatedAt: z.number(),
  metadataPending: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
  deletedAt: z.number().nullable(),
  metadataRetryAt: z.number().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** What a person may see of their own record, in JSON and on pages. */
export function publicProfile({ id, name, email, imageUrl, role, createdAt }: User) {
  return { id, name, email, imageUrl, role, createdAt: new Date(createdAt).toISOString() };
}

/** A person as Clerk states it at one revision: the input of every sync. */
export interface UserState {
  clerkUserId: string;
  email: string | null;
  name: string;
  imageUrl: string | null;
  /** Clerk's revision, milliseconds since the epoch. */
  clerkUpdatedAt: number;
  /** What Clerk's `publicMetadata` holds for us; null where it holds nothing valid. */
  metadata: { dbId: string | null; role: Role | null };
}

/** What Clerk says has become of a person. */
export type UserChange =
  | { kind: "state"; state: UserState }
  | { kind: "deletion"; clerkUserId: string };

export interface NameParts {
  firstName: string | null;
  lastName: string | null;
  username: string | null;
  email: string | null;
}

/** Longer names are cut: nobody reads on, and a page of them must fit one statement (D1 takes 2 MB). */
const maxNameLength = 200;

const filled = (part: string | null | undefined) => part?.trim() || null;

/** A name to show, never empty: full name, first or last, username, local part of the e-mail, "User" (docs/decisions/0005-user-sync.md). */
export function displayName({ firstName, lastName, username, email }: NameParts): string {
  const fullName = filled([filled(firstName), filled(lastName)].filter(Boolean).join(" "));
  const name = fullName ?? filled(username) ?? filled(email?.split("@")[0]) ?? "User";
  const printable = name.replace(/\p{Cc}/gu, "").toWellFormed();
  return [...printable].slice(0, maxNameLength).join("").trim() || "User";
}
