export interface NameFields {
  firstName: string | null;
  lastName: string | null;
  username: string | null;
  email: string | null;
}

/** Keeps a page of names within one D1 statement (2 MB). */
const maxNameLength = 200;

const nonEmpty = (part: string | null | undefined) => part?.trim() || null;

/** Never empty: full name, username, local part of the email, or "User". */
export function displayName({ firstName, lastName, username, email }: NameFields): string {
  const fullName = nonEmpty([nonEmpty(firstName), nonEmpty(lastName)].filter(Boolean).join(" "));
  const name = fullName ?? nonEmpty(username) ?? nonEmpty(email?.split("@")[0]) ?? "User";
  const printable = name.replace(/\p{Cc}/gu, "").toWellFormed();
  return [...printable].slice(0, maxNameLength).join("").trim() || "User";
}
