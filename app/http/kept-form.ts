/** A form that was not saved; the error page shows it again with what was typed. */
export interface KeptForm {
  /** Path and query. */
  action: string;
  fields: readonly KeptField[];
  /** Null if the user is signed in. */
  signInUrl: string | null;
}

export interface KeptField {
  name: string;
  value: string;
  /** Not typed by the user, but needed to submit the form again. */
  isHidden: boolean;
}

export function isKeptForm(data: unknown): data is KeptForm {
  return typeof data === "object" && data !== null && "fields" in data && "action" in data;
}
