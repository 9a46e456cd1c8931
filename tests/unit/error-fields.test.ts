import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import * as z from "zod";
import { ServiceUnavailableError } from "../../app/errors.ts";
import { errorFields } from "../../app/log/log.server.ts";

const email = "ada@example.com";
const name = "Ada\nLovelace O'Neil";
const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl";
const sessionId = "sess_2oVvGmXqZJ8hQ3vYk1Yb0hWdEfG";

const secrets = [email, "Ada", "Lovelace", "Neil", token, sessionId, "secret"];

function jsonError(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

const failedQuery = new DrizzleQueryError(
  'insert into "users" ("name",\n "email") values (?, ?)',
  [name, email],
  new Error(`D1_TYPE_ERROR: Type 'object' not supported for value '${name}'`),
);

test.each([
  ["a failed query", failedQuery],
  ["a failed query as a cause", new ServiceUnavailableError("D1", { cause: failedQuery })],
  ["a cause of a cause", new Error("outer", { cause: new Error("x", { cause: failedQuery }) })],
  ["text that is not JSON", jsonError(`${name} "${email}"`)],
  ["truncated JSON", jsonError(`{"name":"${name}`)],
  ["JSON with an unquoted value", jsonError(`{"name":Ada Lovelace}`)],
  ["a message with an address", new Error(`Cannot send to <${email}>, really`)],
  ["a message with a token", new TypeError(`Bad token ${token}`)],
  ["a message with a session", new Error(`No session ${sessionId} here`)],
  ["a URL with a query string", new Error(`GET http://localhost/api?q=secret&v=${token} failed`)],
  ["an unterminated quotation", new Error(`Unexpected "${name}`)],
  ["a value of another type", z.string().safeParse({ name }).error],
  ["a message like a stack", new Error(`x\n    at Ada (Lovelace:1:1)\n    at ${email}`)],
  ["anything else thrown", { message: email }],
])("logs no personal data from %s", (_, error) => {
  const logged = JSON.stringify(errorFields(error));
  for (const secret of secrets) expect(logged).not.toContain(secret);
});

test("keeps the class, the message and the chain of causes", () => {
  const cause = new Error(
    "D1_ERROR: UNIQUE constraint failed: users.clerk_user_id: SQLITE_CONSTRAINT",
  );
  const query = new DrizzleQueryError("select 1\n  from users", [], cause);
  expect(errorFields(new ServiceUnavailableError("D1 did not answer", { cause: query }))).toEqual({
    error: "ServiceUnavailableError",
    message: "D1 did not answer",
    causes: ["Error: Failed query: select 1 from users", `Error: ${cause.message}`],
  });
});

test("keeps the stack of an unexpected error", () => {
  const { stack } = errorFields(new TypeError("x is not a function"));
  expect(stack).toMatch(/^at .*error-fields\.test\.ts:\d+:\d+\)?\n/);
});

test("keeps the path of a value that fails validation", () => {
  const { error } = z.object({ users: z.array(z.string()) }).safeParse({ users: [1] });
  expect(errorFields(error)).toMatchObject({ message: "users.0: invalid_type" });
});

test("stops at a circular chain of causes", () => {
  const error = new Error("a loop");
  error.cause = error;
  expect(errorFields(error).causes).toHaveLength(5);
});
