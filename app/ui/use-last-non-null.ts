import { useState } from "react";

/** The last value there was: what one URL says holds until another one says something else. */
export function useLastNonNull(value: string | null): string | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
