import { DrizzleQueryError } from "drizzle-orm/errors";
import { ZodError } from "zod";
import { ApplicationError } from "~/errors";
import type { ErrorFields, LogEvents } from "./log-events";

export type Log = <Event extends keyof LogEvents>(event: Event, fields: LogEvents[Event]) => void;

/** Added to every line; jobs have no route. */
interface Origin {
  requestId: string;
  route?: string | undefined;
  /** The person who is signed in as another user. */
  actorId?: string;
}

/** One JSON line per event; fields must not contain personal data. */
export function createLog(origin: Origin): Log {
  return (event, fields) => {
    console.log(JSON.stringify({ event, ...origin, ...fields }, replaceInvalidId));
  };
}

const idPattern = /^[\w-]{1,256}$/;

/** Ids from a URL or form may contain anything. */
function replaceInvalidId(name: string, value: unknown): unknown {
  const isId = name.endsWith("Id") && typeof value === "string";
  return isId && !idPattern.test(value) ? "invalid" : value;
}

/** Outside Cloudflare the client controls this header. */
export function getRequestId({ headers }: Request): string {
  const ray = headers.get("CF-Ray") ?? "";
  return idPattern.test(ray) ? ray : crypto.randomUUID();
}

const maxCauses = 5;
const maxFrames = 8;
const maxMessageLength = 300;

/** Never includes values from users, the database or Clerk. */
export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const causes = causesOf(error).map((cause) => `${cause.name}: ${messageOf(cause)}`);
  const stack = error instanceof ApplicationError ? "" : framesOf(error);
  return {
    error: error.name,
    message: messageOf(error),
    ...(causes.length > 0 && { causes }),
    ...(stack && { stack }),
  };
}

function causesOf(error: Error): Error[] {
  const causes: Error[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (causes.push(cause) === maxCauses) break;
  }
  return causes;
}

function messageOf(error: Error): string {
  // Our own messages are fixed texts, and queries contain placeholders.
  if (error instanceof ApplicationError) return error.message;
  if (error instanceof DrizzleQueryError) return shorten(`Failed query: ${error.query}`);
  if (error instanceof ZodError) {
    return shorten(error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`).join("; "));
  }
  return redact(error.message);
}

const shorten = (text: string) => text.replace(/\s+/g, " ").slice(0, maxMessageLength);

/**
 * Keeps a third-party message up to its first quote or line break, which may precede a value;
 * removes email addresses, query strings and tokens.
 */
function redact(message: string): string {
  const redacted = message
    .slice(0, 2 * maxMessageLength)
    .replace(/["'`\n].*$/s, "…")
    .replace(/\S*@\S*/g, "…")
    .replace(/\?\S*/g, "?…")
    .replace(/[\w.+/=-]{20,}/g, (word) => (/\d/.test(word) ? "…" : word));
  return shorten(redacted);
}

/** The stack without its first line, which repeats the message. */
function framesOf({ stack = "", message }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames
    .filter((line) => /^ {4}at (?:[\w$.<>[\] ]+ \()?[\w./:-]+:\d+:\d+\)?$/.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim())
    .join("\n");
}
