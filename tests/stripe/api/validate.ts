import { z } from "zod";
import { invalidParameter, type StripeError } from "../wire/errors.ts";
import type { Parameters } from "./parameters.ts";

/**
 * The parameters by the schema.
 * @throws {StripeError} in Stripe's words; unknown parameters come first.
 */
export function validate<Value>(schema: z.ZodType<Value>, parameters: Parameters): Value {
  const result = schema.safeParse(parameters, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  throw toStripeError(issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]);
}

function toStripeError(issue: z.core.$ZodIssue | undefined): StripeError {
  if (issue === undefined) return invalidParameter("Invalid request", "");
  const param = nameOf(issue.path);
  if (issue.code === "unrecognized_keys") return unknownParameters(issue.path, issue.keys);
  if (issue.input === "") return emptyParameter(param);
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return invalidParameter(`Missing required param: ${param}.`, param, "parameter_missing");
  }
  if (issue.code === "invalid_value") {
    const values = new Intl.ListFormat("en", { type: "disjunction" }).format(
      issue.values.map(String),
    );
    return invalidParameter(`Invalid ${param}: must be one of ${values}`, param);
  }
  if (issue.code === "invalid_type") return invalidParameter(`Invalid ${issue.expected}`, param);
  const code = issue.code === "custom" ? codeSchema.parse(issue.params ?? {}).code : undefined;
  return invalidParameter(issue.message, param, code);
}

const codeSchema = z.object({ code: z.string().optional() });

function unknownParameters(path: PropertyKey[], keys: string[]): StripeError {
  const names = keys.map((key) => nameOf([...path, key]));
  const word = names.length === 1 ? "parameter" : "parameters";
  const message = `Received unknown ${word}: ${names.join(", ")}`;
  return invalidParameter(message, names[0] ?? "", "parameter_unknown");
}

function emptyParameter(param: string): StripeError {
  const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
  return invalidParameter(message, param, "parameter_invalid_empty");
}

/** Such as `line_items[0][price_data]`. */
function nameOf([first, ...rest]: PropertyKey[]): string {
  return [String(first ?? ""), ...rest.map((key) => `[${String(key)}]`)].join("");
}
