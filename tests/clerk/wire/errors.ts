/** An error response in Clerk's format. */
export class ClerkError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 415 | 422;
  readonly code: string;
  /** The form field where ClerkJS shows the message. */
  readonly paramName: string | undefined;
  readonly longMessage: string;

  constructor(
    status: ClerkError["status"],
    code: string,
    message: string,
    paramName?: string | undefined,
    longMessage = message,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.paramName = paramName;
    this.longMessage = longMessage;
  }

  toJSON(): object {
    return {
      errors: [
        {
          code: this.code,
          message: this.message,
          long_message: this.longMessage,
          meta: this.paramName === undefined ? {} : { param_name: this.paramName },
        },
      ],
    };
  }
}

/** Clerk's answer to an unknown path. */
export const notFound = () => resourceMissing("not found");

export const resourceNotFound = (type: string, id: string) =>
  resourceMissing(titles.get(type) ?? "not found", `No ${type} was found with id ${id}`);

/** Email addresses and phone numbers. */
export const identificationNotFound = () => resourceMissing("Resource not found");

export const templateNotFound = (name: string) =>
  resourceMissing("JWT template not found", `No JWT template exists with name: ${name}`);

const titles = new Map([
  ["client", "Client not found"],
  ["session", "Session not found"],
  ["sign up", "Sign up not found"],
]);

function resourceMissing(message: string, longMessage = message): ClerkError {
  return new ClerkError(404, "resource_not_found", message, undefined, longMessage);
}

export const identifierExists = (paramName = "email_address") =>
  new ClerkError(
    422,
    "form_identifier_exists",
    `That ${paramName.replace("_", " ")} is taken. Please try another.`,
    paramName,
  );

export const identifierNotFound = () =>
  new ClerkError(422, "form_identifier_not_found", "Couldn't find your account.", "identifier");

export const lastIdentifier = () =>
  new ClerkError(
    400,
    "last_required_identification_deletion_failed",
    "Deletion failed",
    undefined,
    "You are required to maintain at least one email address or phone number in your account at all times",
  );

export const codeIncorrect = () =>
  new ClerkError(422, "form_code_incorrect", "is incorrect", "code", "Incorrect code");

export const verificationExpired = () =>
  new ClerkError(
    400,
    "verification_expired",
    "expired",
    undefined,
    "This verification has expired. You must create a new one.",
  );

export const verificationFailed = () =>
  new ClerkError(
    400,
    "verification_failed",
    "failed",
    undefined,
    "Too many failed attempts. You have to try again with the same or another method.",
  );

export const verificationMissing = () =>
  new ClerkError(
    400,
    "verification_missing",
    "is missing",
    undefined,
    "This strategy requires verification preparation before attempting to validate it.",
  );

export const alreadyVerified = () =>
  new ClerkError(
    400,
    "verification_already_verified",
    "already verified",
    undefined,
    "This verification has already been verified.",
  );

export const strategyInvalid = () =>
  new ClerkError(
    400,
    "strategy_for_user_invalid",
    "Invalid verification strategy",
    undefined,
    "The verification strategy is not valid for this account",
  );

/** A code is attempted by another strategy than the one it was prepared for. */
export const verificationStrategyInvalid = () =>
  new ClerkError(
    400,
    "verification_strategy_invalid",
    "has invalid strategy",
    undefined,
    "The strategy is not valid for the current verification.",
  );

export const sessionExists = () =>
  new ClerkError(
    400,
    "session_exists",
    "Session already exists",
    undefined,
    "You're already signed in.",
  );

export const userBanned = () =>
  new ClerkError(
    403,
    "user_banned",
    "User banned",
    undefined,
    "You have been banned. If you think this was by mistake, please contact support.",
  );

export const userLocked = () =>
  new ClerkError(
    403,
    "user_locked",
    "Account locked",
    undefined,
    "Your account is locked. For more information, please contact support.",
  );

export const deleteSelfNotEnabled = () =>
  new ClerkError(
    403,
    "user_delete_self_not_enabled",
    "delete self not enabled",
    undefined,
    "Self deletion is not enabled for this user",
  );

export const signUpComplete = () =>
  new ClerkError(
    403,
    "sign_up_cannot_be_updated",
    "Sign up cannot be updated",
    undefined,
    "This sign up has reached a terminal state and cannot be updated",
  );

export const signedOut = () =>
  new ClerkError(
    401,
    "authentication_invalid",
    "Invalid authentication",
    undefined,
    "Unable to authenticate the request, you need to supply an active session",
  );

export const devBrowserUnauthenticated = () =>
  new ClerkError(
    401,
    "dev_browser_unauthenticated",
    "Browser unauthenticated",
    undefined,
    "Unable to authenticate this browser for your development instance. Check your Clerk cookies and try again. If the issue persists reach out to support@clerk.com.",
  );

export const secretKeyInvalid = () =>
  new ClerkError(
    401,
    "clerk_key_invalid",
    "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
  );

export const authorizationHeaderInvalid = () =>
  new ClerkError(
    401,
    "authorization_header_format_invalid",
    "Invalid Authorization header format",
    undefined,
    "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'",
  );

export const requestBodyInvalid = () =>
  new ClerkError(
    400,
    "request_body_invalid",
    "Request body invalid",
    undefined,
    "The request body is invalid. Please consult the API documentation for more information.",
  );

export const missingQueryParameters = (names: string[]) =>
  new ClerkError(
    400,
    "missing_query_parameter",
    "Missing query parameter",
    undefined,
    `Either of the following query parameters must be provided: ${names.join(", ")}.`,
  );
