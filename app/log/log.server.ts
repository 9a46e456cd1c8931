import { DrizzleQueryError } from "drizzle-orm/errors";
import { ZodError } from "zod";
import { ApplicationError } from "~/errors";
import type { ErrorFields, LogEvents } from "./log-events";

export type Log = <Event extends keyof LogEvents>(event: Event, fields: LogEvents[Event]) => void;

/** What every line of one request says; jobs have no route. */
interface Origin {
  requestId: string;
  route?: string | undefined;
}

/** One structured line per event. Fields carry ids, outcomes and durations, never personal data. */
export function createLog(origin: Origin): Log {
  return (event, fields) => {
    console.log(JSON.stringify({ event, ...origin, ...fields }, onlyIds));
  };
}

const idPattern = /^[\w-]{1,256}$/;

/** Some ids come from a URL or a form, where anything may stand in their place. */
function onlyIds(name: string, value: unknown): unknown {
  const isId = name.endsWith("Id") && typeof value === "string";
  return isId && !idPattern.test(value) ? "invalid" : value;
}

/** Cloudflare's id of a request; elsewhere the header is the client's own, so it must look like an id. */
export function requestIdOf({ headers }: Request): string {
  const ray = headers.get("CF-Ray") ?? "";
  return idPattern.test(ray) ? ray : crypto.randomUUID();
}

const maxCauses = 5;
const maxFrames = 8;
const maxMessageLength = 300;

/** What may be logged of anything thrown: never a value that came from a person, a database or Clerk. */
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
  // Our own messages are fixed texts, and queries have placeholders.
  if (error instanceof ApplicationError) return error.message;
  if (error instanceof DrizzleQueryError) return shorten(`Failed query: ${error.query}`);
  if (error instanceof ZodError) {
    return shorten(error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`).join("; "));
  }
  return redact(error.message);
}

const shorten = (text: string) => text.replace(/\s+/g, " ").slice(0, maxMessageLength);

/**
 * A message that others wrote, up to its first quotation mark or line break: what follows may be a value.
 * E-mail addresses, query strings, and what is as long as a token and has digits go too.
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

/** The stack without its header, which repeats the message, and without lines that are no frames. */
function framesOf({ stack = "", message }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames
    .filter((line) => /^ {4}at (?:[\w$.<>[\] ]+ \()?[\w./:-]+:\d+:\d+\)?$/.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim())
    .join("\n");
}
