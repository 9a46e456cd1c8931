import type { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";

/** A request that only an active user's session may make. */
export interface ProtectedRequest {
  name: string;
  /** Where the worker looks the user up. */
  source: "D1" | "KV";
  path: string;
  /** Sent as a form; without it the request is a GET. */
  fields?: Record<string, string>;
}

type Course = Awaited<ReturnType<typeof insertCourse>>;

/** Requests of an admin who is enrolled in the course; the second lesson needs the enrollment. */
export function protectedRequests({ id, path }: Course): ProtectedRequest[] {
  const lesson = `${path}/lessons/lesson-2`;
  return [
    { name: "an admin page", source: "D1", path: "/admin/users" },
    { name: "data of an admin page", source: "D1", path: "/admin/users.data" },
    { name: "an admin export", source: "D1", path: "/admin/audit.csv" },
    { name: "an export of purchases", source: "D1", path: "/admin/purchases.csv" },
    { name: "an export of learners", source: "D1", path: `/admin/courses/${id}/people.csv` },
    {
      name: "an admin's write",
      source: "D1",
      path: `/admin/courses/${id}/people`,
      fields: { intent: "enroll", who: "nobody@example.com" },
    },
    { name: "the own courses", source: "D1", path: "/courses" },
    { name: "data of the own courses", source: "D1", path: "/courses.data" },
    { name: "the purchases", source: "D1", path: "/purchases" },
    { name: "a lesson", source: "D1", path: lesson },
    { name: "data of a lesson", source: "D1", path: `${lesson}.data` },
    { name: "marking a lesson", source: "D1", path: lesson, fields: { intent: "mark-done" } },
    { name: "enrolling", source: "D1", path: `${path}?index`, fields: { intent: "enroll" } },
    { name: "the dashboard", source: "KV", path: "/dashboard" },
    { name: "data of the dashboard", source: "KV", path: "/dashboard.data" },
    { name: "the account", source: "KV", path: "/account" },
    { name: "the API", source: "KV", path: "/api/me" },
  ];
}

/** Sends a request like a browser on this site, or like a program. */
async function send(
  { origin }: Platform,
  { path, fields }: ProtectedRequest,
  credentials: Record<string, string>,
): Promise<Response> {
  return fetch(origin + path, {
    redirect: "manual",
    headers: { ...credentials, Origin: origin },
    ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
  });
}

type Refusal = "forbidden" | "signed-out";

/** The names of the requests that are refused in the given way. */
export async function refusedRequests(
  platform: Platform,
  requests: readonly ProtectedRequest[],
  credentials: Record<string, string>,
  refusal: Refusal,
): Promise<string[]> {
  const names: string[] = [];
  for (const request of requests) {
    const response = await send(platform, request, credentials);
    if ((await refusalOf(response)) === refusal) names.push(request.name);
  }
  return names;
}

async function refusalOf(response: Response): Promise<Refusal | null> {
  const { status, headers } = response;
  if (status === 403) return "forbidden";
  if (status === 401) return "signed-out";
  // A data request has its redirect in the body.
  const target = status === 202 ? await response.text() : (headers.get("Location") ?? "");
  return target.includes("/sign-in?redirect_url=") ? "signed-out" : null;
}
