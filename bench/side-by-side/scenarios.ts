import type { ProgramName } from "./programs.ts";

type Sender =
  /** A signed-out browser. */
  | "anonymous"
  /** A few signed-in users with many requests each. */
  | "returningUsers"
  /** The same users, with a new session token for each request. */
  | "newToken"
  /** Signed-in users with one request each, on a site with empty caches. */
  | "oneTimeUsers"
  | "admin"
  /** Signed webhooks about existing users. */
  | "svix"
  /** Signed events about new orders. */
  | "stripe";

/** A program with one kind of request. A scenario compares its other lanes with the first one. */
export interface Lane {
  program: ProgramName;
  sender: Sender;
  path: string;
  as: "document" | "data" | "program";
  status: number;
  /** The form for a user's nth request; without it, requests are GETs. */
  form?: (visit: number) => { path: string; fields: Record<string, string> };
  /** Sent in addition to the sender's cookies. */
  cookie?: string;
  /** Overrides the program's label. */
  label?: string;
  /** The number of users in D1; defaults to the smallest. */
  population?: number;
}

export interface Scenario {
  title: string;
  /** Numbers of concurrent clients, with one run each. */
  clients: readonly number[];
  lanes: readonly Lane[];
  /** Multiplies the requests per round if each uses too little CPU to measure with `/proc`. */
  times?: number;
}

const lanes = (lane: Omit<Lane, "program">, ...programs: ProgramName[]): Lane[] =>
  programs.map((program) => ({ ...lane, program }));

const catalog = { sender: "anonymous", path: "/", as: "document", status: 200 } as const;
const dashboard = {
  sender: "returningUsers",
  path: "/dashboard",
  as: "document",
  status: 200,
} as const;
const navigation = { ...dashboard, path: "/dashboard.data", as: "data" } as const;
const me = { ...dashboard, path: "/api/me", as: "program" } as const;
const users = { ...dashboard, sender: "admin", path: "/admin/users" } as const;
const webhook = {
  sender: "svix",
  path: "/api/webhooks/clerk",
  as: "program",
  status: 200,
} as const;
const payment = { ...webhook, sender: "stripe", path: "/api/webhooks/stripe" } as const;
/** Marks lessons 2 to 8 as done, then as not done: each request changes D1. */
const markLesson = (visit: number) => ({
  path: `/courses/course-1/lessons/lesson-${2 + (visit % 7)}`,
  fields: { intent: Math.floor(visit / 7) % 2 === 0 ? "mark-done" : "mark-open" },
});
const lesson = { ...dashboard, path: "/courses/course-1/lessons/lesson-2" } as const;
const clientCounts = [1, 8, 64];

export const warmDashboard = "Dashboard, signed in";
export const newTokenDashboard = "Dashboard, a new token each time";
export const coldDashboard = "Dashboard, nothing cached";

export const scenarios: readonly Scenario[] = [
  {
    title: "Catalog, signed out",
    clients: [8],
    lanes: lanes(catalog, "platform", "plain", "clerkClaims", "betterAuthD1"),
  },
  {
    title: warmDashboard,
    clients: clientCounts,
    lanes: [
      ...lanes(dashboard, "platform", "plain", "clerkApi", "clerkClaims", "clerkD1"),
      ...lanes(dashboard, "betterAuthD1", "betterAuthCookie"),
    ],
  },
  {
    title: newTokenDashboard,
    clients: [8],
    lanes: [
      ...lanes({ ...dashboard, sender: "newToken" }, "platform", "clerkApi", "clerkClaims"),
      ...lanes({ ...dashboard, sender: "newToken" }, "clerkD1"),
      ...lanes(dashboard, "plain"),
    ],
  },
  {
    title: coldDashboard,
    clients: [8],
    lanes: [
      ...lanes({ ...dashboard, sender: "oneTimeUsers" }, "platform", "clerkApi", "clerkClaims"),
      ...lanes({ ...dashboard, sender: "oneTimeUsers" }, "clerkD1"),
      ...lanes(dashboard, "plain"),
    ],
  },
  {
    title: "Dashboard, navigation in the browser (`.data`)",
    clients: [8],
    lanes: [
      ...lanes(navigation, "platform", "plain", "clerkApi", "clerkClaims", "clerkD1"),
      ...lanes(navigation, "betterAuthD1", "betterAuthCookie"),
    ],
  },
  {
    title: "Dashboard, after a lesson was marked",
    clients: [8],
    lanes: lanes({ ...dashboard, cookie: "lesson_marked=1" }, "platform"),
  },
  {
    title: "Lesson, navigation in the browser (`.data`)",
    clients: [8],
    lanes: lanes({ ...lesson, path: `${lesson.path}.data`, as: "data" }, "platform"),
  },
  {
    title: "Lesson, marked as done",
    clients: [8],
    lanes: lanes(
      {
        ...lesson,
        status: 302,
        form: markLesson,
      },
      "platform",
    ),
  },
  {
    title: "`/api/me`",
    clients: clientCounts,
    lanes: [
      ...lanes(me, "platform", "bare", "plain", "clerkApi", "clerkD1"),
      ...lanes(me, "betterAuthD1", "betterAuthCookie"),
    ],
  },
  { title: "Admin: users", clients: [8], lanes: lanes(users, "platform", "plain") },
  {
    title: "Webhook `user.updated`",
    clients: [8, 64],
    lanes: lanes(webhook, "platform", "verifyAndStore", "verifyOnly"),
  },
  {
    title: "Webhook `checkout.session.completed`",
    clients: [8, 64],
    lanes: lanes(payment, "platform", "stripeVerifyAndStore", "stripeVerifyOnly"),
  },
  {
    title: "Refused: `/dashboard` signed out",
    clients: [8],
    times: 4,
    lanes: [
      {
        ...dashboard,
        program: "platform",
        sender: "anonymous",
        status: 302,
        label: "**Courses Platform**, refused",
      },
      { ...dashboard, program: "platform", label: "**Courses Platform**, served" },
    ],
  },
  {
    title: "Refused: `/api/me` without a session",
    clients: [8],
    times: 4,
    lanes: [
      {
        ...me,
        program: "platform",
        sender: "anonymous",
        status: 401,
        label: "**Courses Platform**, refused",
      },
      { ...me, program: "platform", label: "**Courses Platform**, served" },
    ],
  },
  {
    title: "Clerk's Frontend API through the worker",
    clients: [8],
    lanes: [
      {
        program: "platform",
        sender: "anonymous",
        path: "/__clerk/v1/environment",
        as: "data",
        status: 200,
      },
    ],
  },
];

/** The application with increasing numbers of users in D1. */
export function growthScenarios(populations: readonly number[]): Scenario[] {
  const grow = (title: string, lane: Omit<Lane, "program">): Scenario => ({
    title,
    clients: clientCounts,
    lanes: populations.map((population) => ({
      ...lane,
      program: "platform",
      population,
      label: `${population.toLocaleString("en-US")} users`,
    })),
  });
  return [
    grow(warmDashboard, dashboard),
    grow(coldDashboard, { ...dashboard, sender: "oneTimeUsers" }),
    grow("Admin: users", users),
    grow("Webhook `user.updated`", webhook),
  ];
}
