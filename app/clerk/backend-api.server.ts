import * as z from "zod";
import type { Environment } from "~/env.server";
import { ClerkUnavailableError } from "~/errors";

interface BackendRequest<Result> {
  method: "GET" | "PATCH";
  path: string;
  query?: URLSearchParams;
  body?: unknown;
  schema: z.ZodType<Result>;
}

export type BackendApi = <Result>(request: BackendRequest<Result>) => Promise<Result | null>;

const timeoutMs = 5_000;
const apiVersion = "2025-11-10";

/** Null on 404. The SDK's client has no timeout and counts all users with every list. */
export function createBackendApi({ CLERK_API_URL, CLERK_SECRET_KEY }: Environment): BackendApi {
  const base = `${CLERK_API_URL ?? "https://api.clerk.com"}/v1`;
  const headers = {
    Authorization: `Bearer ${CLERK_SECRET_KEY}`,
    "Clerk-API-Version": apiVersion,
    "Content-Type": "application/json",
    "User-Agent": "courses-platform",
  };
  return async ({ method, path, query, body, schema }) => {
    try {
      const response = await fetch(`${base}${path}${query ? `?${query}` : ""}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 404) return null;
      if (!response.ok) throw unavailableError(response);
      return schema.parse(await response.json());
    } catch (cause) {
      if (cause instanceof ClerkUnavailableError) throw cause;
      throw new ClerkUnavailableError("Clerk did not respond", { cause });
    }
  };
}

function unavailableError(response: Response): ClerkUnavailableError {
  const seconds = z.coerce.number().positive().safeParse(response.headers.get("Retry-After"));
  const error = new ClerkUnavailableError(`Clerk responded with status ${response.status}`);
  if (seconds.success) error.retryAfterMs = seconds.data * 1000;
  return error;
}
