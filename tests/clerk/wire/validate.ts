import type { z } from "zod";
import { type ClerkError, requestBodyInvalid } from "./errors.ts";
import {
  invalidParameter,
  invalidTime,
  invalidValue,
  missingParameter,
  tooLong,
  unknownParameter,
  valueTooLarge,
  wrongType,
} from "./parameter-errors.ts";

/**
 * Parses the parameters of a request. Throws Clerk's error about an unknown one, or else about the
 * first invalid one.
 */
export function validate<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  throw issue === undefined ? requestBodyInvalid() : parameterError(issue, value);
}

type Issue = z.core.$ZodIssue;

function parameterError(issue: Issue, value: unknown): ClerkError {
  if (issue.code === "unrecognized_keys") return unknownParameter(issue.keys[0] ?? "");
  const name = parameterName(issue);
  if (name === undefined) return requestBodyInvalid();
  const actual = valueAt(value, issue.path);
  if (actual === undefined) return missingParameter(name);
  switch (issue.code) {
    case "invalid_type":
      return isMetadata(issue.expected)
        ? invalidValue(name, JSON.stringify(actual))
        : wrongType(name, issue.expected);
    case "invalid_format":
      return issue.format === "datetime"
        ? invalidTime(name)
        : invalidParameter(name, `${name} must be a valid ${formatName(issue.format)}.`);
    case "too_big":
      return issue.origin === "string"
        ? tooLong(name, Number(issue.maximum))
        : valueTooLarge(name, Number(issue.maximum));
    case "custom":
      return invalidParameter(name, issue.message);
    default:
      return invalidValue(name, actual);
  }
}

/** The last name in the path; the items of a list have the name of the list. */
function parameterName({ path }: Issue): string | undefined {
  return path.findLast((part) => typeof part === "string");
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (outer, key) =>
      typeof outer === "object" && outer !== null ? Reflect.get(outer, key) : undefined,
    value,
  );
}

const isMetadata = (expected: string) => expected === "record";

const formatName = (format: string) => (format === "email" ? "email address" : format);
