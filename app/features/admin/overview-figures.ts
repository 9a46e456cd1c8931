import * as z from "zod";
import { currencies } from "~/db/enums";
import { recordedOutcomes } from "./delivery-query";

const tallySchema = z.lazy(() => z.record(z.enum([...recordedOutcomes, "again"]), z.number()));
/** Deliveries by outcome; `again` counts redelivered messages. */
export type DeliveryTally = z.infer<typeof tallySchema>;

const windowsSchema = z.lazy(() =>
  z.object({ week: z.number(), month: z.number(), total: z.number() }),
);
/** Counts of the last 7 and 30 days (UTC, with today), and of all time. */
export type Windows = z.infer<typeof windowsSchema>;

const bestCourseSchema = z.lazy(() =>
  z.object({ id: z.string(), title: z.string(), enrollments: z.number() }),
);
export type BestCourse = z.infer<typeof bestCourseSchema>;

const moneySchema = z.lazy(() =>
  z.object({
    currency: z.enum(currencies),
    paid: z.number(),
    refunded: z.number(),
    lost: z.number(),
  }),
);

export const overviewSchema = z.lazy(() =>
  z.object({
    countedAt: z.number(),
    users: windowsSchema,
    deletedUsers: z.number(),
    admins: z.number(),
    enrollments: windowsSchema,
    completions: windowsSchema,
    activeLearners: windowsSchema,
    revenue: z.object({ month: z.array(moneySchema), total: z.array(moneySchema) }),
    /** Of this month and the last one. */
    bestCourses: z.object({
      thisMonth: z.array(bestCourseSchema),
      lastMonth: z.array(bestCourseSchema),
    }),
    deliveries: z.object({ day: tallySchema, week: tallySchema }),
  }),
);
export type OverviewFigures = z.infer<typeof overviewSchema>;
