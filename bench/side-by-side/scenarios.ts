import type { ProgramName } from "./programs.ts";

/** Who sends the requests. */
type Sender =
  /** A browser that is signed out. */
  | "nobody"
  /** A few signed-in people, again and again. */
  | "regulars"
  /** The same, with a new session token each time, which nobody has verified yet. */
  | "renewed"
  /** Signed-in people who each come once, to a site with nothing cached. */
  | "strangers"
  | "admin"
  /** Svix, with signed webhooks about people who are known. */
  | "svix";

/** A program under one kind of request. The first lane of a scenario is the one that the others are compared with. */
export interface Lane {
  program: ProgramName;
  sender: Sender;
  path: string;
  as: "document" | "data" | "program";
  status: number;
  /** The form that a person's nth request submits; without it the requests are GETs. */
  form?: (visit: number) => { path: string; fields: Record<string, string> };
  /** Sent besides the cookies of the sender. */
  cookie?: string;
  /** Where the program's name does not say it all. */
  label?: string;
  /** How many people the database holds; the smallest number unless said. */
  population?: number;
}

export interface Scenario {
  title: string;
  /** How many clients at once: one run each. */
  clients: readonly number[];
  lanes: readonly Lane[];
  /** So many times the requests of a round, where one takes hardly more CPU than `/proc` can tell apart. */
  times?: number;
}

const lanes = (lane: Omit<Lane, "program">, ...programs: ProgramName[]): Lane[] =>
  programs.map((program) => ({ ...lane, program }));

const catalog = { sender: "nobody", path: "/", as: "document", status: 200 } as const;
const dashboard = {
  sender: "regulars",
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
/** Lessons 2 to 8 are marked one after the other, then marked as not done: each request changes D1. */
const markLesson = (visit: number) => ({
  path: `/courses/course-1/lessons/lesson-${2 + (visit % 7)}`,
  fields: { intent: Math.floor(visit / 7) % 2 === 0 ? "mark-done" : "mark-open" },
});
const lesson = { ...dashboard, path: "/courses/course-1/lessons/lesson-2" } as const;
const few = [1, 8, 64];

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
    clients: few,
    lanes: [
      ...lanes(dashboard, "platform", "plain", "clerkApi", "clerkClaims", "clerkD1"),
      ...lanes(dashboard, "betterAuthD1", "betterAuthCookie"),
    ],
  },
  {
    title: newTokenDashboard,
    clients: [8],
    lanes: [
      ...lanes({ ...dashboard, sender: "renewed" }, "platform", "clerkApi", "clerkClaims"),
      ...lanes({ ...dashboard, sender: "renewed" }, "clerkD1"),
      ...lanes(dashboard, "plain"),
    ],
  },
  {
    title: coldDashboard,
    clients: [8],
    lanes: [
      ...lanes({ ...dashboard, sender: "strangers" }, "platform", "clerkApi", "clerkClaims"),
      ...lanes({ ...dashboard, sender: "strangers" }, "clerkD1"),
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
    clients: few,
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
    title: "Refused: `/dashboard` signed out",
    clients: [8],
    times: 4,
    lanes: [
      {
        ...dashboard,
        program: "platform",
        sender: "nobody",
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
        sender: "nobody",
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
        sender: "nobody",
        path: "/__clerk/v1/environment",
        as: "data",
        status: 200,
      },
    ],
  },
];

/** The application with more and more people in D1. */
export function growthScenarios(populations: readonly number[]): Scenario[] {
  const grow = (title: string, lane: Omit<Lane, "program">): Scenario => ({
    title,
    clients: few,
    lanes: populations.map((population) => ({
      ...lane,
      program: "platform",
      population,
      label: `${population.toLocaleString("en-US")} people`,
    })),
  });
  return [
    grow(warmDashboard, dashboard),
    grow(coldDashboard, { ...dashboard, sender: "strangers" }),
    grow("Admin: users", users),
    grow("Webhook `user.updated`", webhook),
  ];
}
