import { z } from "zod";
import {
  missingForStrategy,
  notAllowedForStrategy,
  strategyMissing,
} from "../wire/parameter-errors.ts";
import { passwordField } from "./form-fields.ts";

export const codeStrategies = ["email_code", "reset_password_email_code"] as const;

/** Body of `POST /v1/client/sign_ins`. */
export const startForm = z.strictObject({
  strategy: z.enum(["ticket", "password", ...codeStrategies]).optional(),
  identifier: z.string().trim().min(1).optional(),
  password: passwordField.optional(),
  ticket: z.string().optional(),
  locale: z.string().optional(),
});
export type SignInStart = z.infer<typeof startForm>;

/** Each strategy requires its parameters, and allows no others. */
const parametersOf: Record<NonNullable<SignInStart["strategy"]>, readonly string[]> = {
  ticket: ["ticket"],
  password: ["identifier", "password"],
  email_code: ["identifier"],
  reset_password_email_code: ["identifier"],
};

/** Throws Clerk's error unless the parameters are those of the strategy. */
export function assertStrategy(form: SignInStart): void {
  const { strategy, ticket } = form;
  if (strategy === undefined) {
    if (ticket !== undefined) throw strategyMissing("ticket");
    return;
  }
  for (const name of ["identifier", "password", "ticket"] as const) {
    const isGiven = form[name] !== undefined;
    const isRequired = parametersOf[strategy].includes(name);
    if (isRequired && !isGiven) throw missingForStrategy(name, strategy);
    if (isGiven && !isRequired) throw notAllowedForStrategy(name, strategy);
  }
}
