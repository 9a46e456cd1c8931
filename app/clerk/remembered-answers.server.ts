import { createMemory } from "../cache/memory.server";

export interface Dated<Answer> {
  answer: Answer;
  /** Until when, in milliseconds since 1970, the same credentials get the same answer; 0 where they may not. */
  holdsUntil: number;
}

/** About 6 MB of credentials at the most. */
const keptAnswers = 1_000;
const longestCredentials = 6_000;

/** Asks the SDK about each request's credentials once, for as long as its answer holds. */
export function createRememberedAnswers<Answer>() {
  const memory = createMemory<Answer>(keptAnswers);
  return async (request: Request, ask: () => Promise<Dated<Answer>>): Promise<Answer> => {
    const credentials = credentialsOf(request);
    const known = credentials === null ? undefined : memory.get(credentials);
    if (known !== undefined) return known;
    const { answer, holdsUntil } = await ask();
    if (credentials !== null && holdsUntil > 0) memory.fill(credentials)(answer, holdsUntil);
    return answer;
  };
}

/**
 * All that the SDK reads of a request to tell who asks (`AuthenticateContext` and `authenticateRequest` in `@clerk/backend` 2).
 * Null where it may want more than to answer: what a handshake left in the URL or in a cookie, and visits from another site,
 * which can need one though the token is good.
 */
function credentialsOf({ url, headers }: Request): string | null {
  const origin = url.split("/", 3).join("/");
  if (!`${headers.get("Referer") ?? origin}/`.startsWith(`${origin}/`)) return null;
  if (url.includes("?") && asksSomethingOfClerk(new URL(url))) return null;
  const credentials = [origin, headers.get("Authorization"), headers.get("Cookie")].join("\n");
  const isOdd =
    credentials.includes("__clerk_handshake") || credentials.length > longestCredentials;
  return isOdd ? null : credentials;
}

const asksSomethingOfClerk = ({ searchParams }: URL) =>
  [...searchParams.keys()].some((name) => name.startsWith("__clerk"));
