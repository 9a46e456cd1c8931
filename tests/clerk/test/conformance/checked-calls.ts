import { expect } from "vitest";
import { z } from "zod";
import { errorStatuses } from "./error-catalog.ts";
import { clerkErrors, type Operation } from "./parts.ts";

/**
 * Statuses that any request can get: without authentication, with a body of another type, and with
 * a wrong parameter.
 */
const anyRequest = new Set([401, 415, 422]);

/**
 * Checks answers against the operations of a document, and remembers which operations have
 * succeeded.
 */
export function createChecker(operations: Record<string, Operation>) {
  const succeeded = new Set<string>();

  function check(request: string, status: number, body: unknown): void {
    const [name] = Object.keys(operations)
      .filter((candidate) => matches(candidate, request))
      .sort((one, other) => one.split(":").length - other.split(":").length);
    const operation = name === undefined ? undefined : operations[name];
    if (name === undefined || operation === undefined) throw new Error(`not served: ${request}`);
    if (status === 200) succeeded.add(name);
    else checkError(name, [...operation.statuses, ...anyRequest], status, body);
    if (status !== 200) return;
    const result = operation.response.safeParse(body);
    if (!result.success) throw new Error(`${name} deviates:\n${z.prettifyError(result.error)}`);
  }

  return {
    check,
    /** The operations that have not succeeded yet. */
    unseen: () => Object.keys(operations).filter((name) => !succeeded.has(name)),
  };
}

function checkError(name: string, documented: number[], status: number, body: unknown): void {
  expect(documented, `the status of ${name}`).toContain(status);
  for (const { code } of clerkErrors.parse(body).errors) {
    expect(errorStatuses[code] ?? [], `the statuses of ${code}, answered by ${name}`).toContain(
      status,
    );
  }
}

/** `:id` stands for one part of the path, and `/:template?` for one that can be missing. */
function matches(name: string, request: string): boolean {
  const pattern = name.replace(/\/:\w+\?$/, "(/[^/]+)?").replace(/:\w+/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(request);
}
