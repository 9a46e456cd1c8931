/** An error response in Clerk's format. */
export class ClerkError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 422;
  readonly code: string;
  /** The form field where ClerkJS shows the message. */
  readonly paramName: string | undefined;

  constructor(
    status: ClerkError["status"],
    code: string,
    message: string,
    paramName?: string | undefined,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.paramName = paramName;
  }

  toJSON(): object {
    return {
      errors: [
        {
          code: this.code,
          message: this.message,
          long_message: this.message,
          meta: this.paramName === undefined ? {} : { param_name: this.paramName },
        },
      ],
    };
  }
}

export const resourceNotFound = (type: string, id: string) =>
  new ClerkError(404, "resource_not_found", `No ${type} was found with id ${id}`);

export const invalidParameter = (name: string, message: string) =>
  new ClerkError(422, "form_param_format_invalid", message, name);

export const identifierExists = () =>
  new ClerkError(
    422,
    "form_identifier_exists",
    "That email address is taken. Please try another.",
    "email_address",
  );

export const identifierNotFound = () =>
  new ClerkError(422, "form_identifier_not_found", "Couldn't find your account.", "identifier");

export const passwordIncorrect = (paramName = "password") =>
  new ClerkError(
    422,
    "form_password_incorrect",
    "Password is incorrect. Try again, or use another method.",
    paramName,
  );

export const passwordTooShort = (paramName: string) =>
  new ClerkError(
    422,
    "form_password_length_too_short",
    "Passwords must be 8 characters or more.",
    paramName,
  );

export const codeIncorrect = () =>
  new ClerkError(422, "form_code_incorrect", "Incorrect code", "code");

export const verificationExpired = () =>
  new ClerkError(
    400,
    "verification_expired",
    "This verification has expired. You must create a new verification.",
    "code",
  );

export const verificationFailed = () =>
  new ClerkError(
    400,
    "verification_failed",
    "Too many failed attempts. You have to try again with the same or another method.",
    "code",
  );

export const alreadyVerified = () =>
  new ClerkError(
    400,
    "verification_already_verified",
    "This verification has already been verified.",
  );

export const strategyInvalid = () =>
  new ClerkError(
    422,
    "strategy_for_user_invalid",
    "The verification strategy is not valid for this account",
    "strategy",
  );

export const sessionExists = () =>
  new ClerkError(400, "session_exists", "You're already signed in.");

export const userBanned = () =>
  new ClerkError(403, "user_banned", "This account has been banned.", "identifier");

export const userLocked = () =>
  new ClerkError(
    403,
    "user_locked",
    "Your account is locked. Please contact support.",
    "identifier",
  );

export const signedOut = () =>
  new ClerkError(401, "authentication_invalid", "Unable to authenticate the request");

export const devBrowserUnauthenticated = () =>
  new ClerkError(
    401,
    "dev_browser_unauthenticated",
    "Unable to authenticate this browser for your development instance",
  );

export const secretKeyInvalid = () =>
  new ClerkError(401, "clerk_key_invalid", "The provided Clerk Secret Key is invalid.");
