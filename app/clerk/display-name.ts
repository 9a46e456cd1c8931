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
