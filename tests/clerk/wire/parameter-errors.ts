import { ClerkError } from "./errors.ts";

/** Clerk's errors about one parameter of a request, which `meta.param_name` names. */

export const unknownParameter = (name: string) =>
  invalid("form_param_unknown", name, `${name} is not a valid parameter for this request.`, {
    message: "is unknown",
  });

export const missingParameter = (name: string) =>
  invalid("form_param_missing", name, `${name} must be included.`, { message: "is missing" });

export const missingForStrategy = (name: string, strategy: string) =>
  invalid(
    "form_conditional_param_missing",
    name,
    `\`${name}\` is required when \`strategy\` is \`${strategy}\`.`,
    { message: "is missing" },
  );

export const strategyMissing = (present: string) =>
  invalid(
    "form_conditional_param_missing",
    "strategy",
    `\`strategy\` is required when \`${present}\` is present.`,
    { message: "is missing" },
  );

export const notAllowedForStrategy = (name: string, strategy: string) =>
  invalid(
    "form_conditional_param_disallowed",
    name,
    `\`${name}\` isn't allowed when \`strategy\` is ${strategy}.`,
    { message: "is not allowed" },
  );

export const wrongType = (name: string, type: string) =>
  invalid("form_param_type_invalid", name, `\`${name}\` must be a \`${type}\`.`);

export const invalidValue = (name: string, value: unknown) =>
  invalid(
    "form_param_value_invalid",
    name,
    `${String(value)} does not match one of the allowed values for parameter ${name}`,
  );

export const invalidParameter = (name: string, message: string) =>
  invalid("form_param_format_invalid", name, message);

export const invalidTime = (name: string) =>
  invalid(
    "form_param_invalid_time",
    name,
    `${name} must contain a datetime specified in RFC3339 format (e.g. \`2022-10-20T10:00:27.645Z\`).`,
    { message: "invalid format" },
  );

export const tooLong = (name: string, maxLength: number) =>
  invalid(
    "form_param_max_length_exceeded",
    name,
    `${name} should not exceed ${maxLength} characters.`,
    { message: "exceeds maximum length" },
  );

export const valueTooLarge = (name: string, max: number) =>
  invalid("form_param_value_too_large", name, `The value of ${name} can't be greater than ${max}`, {
    message: "Value too large",
  });

export const sizeExceeded = (name: string, maxBytes: number) =>
  invalid(
    "form_param_exceeds_allowed_size",
    name,
    `${name} exceeds the maximum allowed size of ${maxBytes} bytes.`,
    { message: "exceeds the allowed size" },
  );

/** The parameter names something that does not exist, or that is not the user's. */
export const parameterNotFound = (name: string) =>
  invalid(
    "form_resource_not_found",
    name,
    `The resource associated with the supplied ${name} was not found.`,
    { message: "is missing" },
  );

export const verificationNeeded = (name: string) =>
  invalid(
    "form_verification_needed",
    name,
    "This identification needs to be verified before you can perform this action.",
    { message: "is unverified" },
  );

/** A new account lacks what the instance requires. */
export const userDataMissing = (names: string[]) =>
  new ClerkError(
    422,
    "form_data_missing",
    "missing data",
    undefined,
    `${JSON.stringify(names)} data doesn't match user requirements set for this instance`,
  );

function invalid(
  code: string,
  name: string,
  longMessage: string,
  { message = "is invalid" } = {},
): ClerkError {
  return new ClerkError(422, code, message, name, longMessage);
}
