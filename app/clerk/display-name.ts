export interface NameFields {
  firstName: string | null;
  lastName: string | null;
  username: string | null;
  email: string | null;
}

/** Longer names are cut: nobody reads on, and a page of them must fit one statement (D1 takes 2 MB). */
const maxNameLength = 200;

const nonEmpty = (part: string | null | undefined) => part?.trim() || null;

/** A name to show, never empty: full name, first or last, username, local part of the e-mail, "User" (docs/decisions/0005-user-sync.md). */
export function displayName({ firstName, lastName, username, email }: NameFields): string {
  const fullName = nonEmpty([nonEmpty(firstName), nonEmpty(lastName)].filter(Boolean).join(" "));
  const name = fullName ?? nonEmpty(username) ?? nonEmpty(email?.split("@")[0]) ?? "User";
  const printable = name.replace(/\p{Cc}/gu, "").toWellFormed();
  return [...printable].slice(0, maxNameLength).join("").trim() || "User";
}
