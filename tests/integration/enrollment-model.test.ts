import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { apply, hasAccess, newModel, type Step } from "../support/enrollment-model.ts";
import { usePlatform } from "../support/fixtures.ts";
import { refundPurchase } from "../support/purchases.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
});

type Course = Awaited<ReturnType<typeof insertCourse>>;

async function purchasesOf({ id }: Course): Promise<{ id: string; status: string }[]> {
  const { results } = await platform.db
    .prepare("select id, status from purchases where course_id = ? order by rowid")
    .bind(id)
    .all<{ id: string; status: string }>();
  return results;
}

/** Performs a step by submitting the pages' forms. */
async function perform(step: Step, course: Course): Promise<void> {
  const toPeople = (fields: Record<string, string>) =>
    ada.post(`/admin/courses/${course.id}/people`, fields);
  const priceOf = "select price_minor from courses where id = ?";
  switch (step.kind) {
    case "reprice":
      await platform.db
        .prepare("update courses set price_minor = ? where id = ?")
        .bind(step.priceMinor, course.id)
        .run();
      return;
    case "enroll":
      await grace.post(`${course.path}?index`, { intent: "enroll" });
      return;
    case "order": {
      const seen = await platform.db.prepare(priceOf).bind(course.id).first("price_minor");
      const fields = {
        intent: "order",
        priceMinor: `${seen}`,
        currency: "EUR",
        consent: "on",
      };
      await grace.post(`${course.path}?index`, fields);
      return;
    }
    case "enroll-by-admin":
      await toPeople({ intent: "enroll", who: grace.id });
      return;
    case "revoke":
      await toPeople({ intent: "revoke", userId: grace.id });
      return;
    case "settle": {
      const purchaseId = (await purchasesOf(course))[step.purchase]?.id ?? "none";
      if (step.to === "refunded") await refundPurchase(ada, purchaseId);
      else await ada.post("/admin/purchases", { purchaseId, settlement: step.to });
    }
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: "enroll" as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: "order" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "enroll-by-admin" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "revoke" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("reprice" as const),
      priceMinor: fc.constantFrom(0 as const, 2900 as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      purchase: fc.nat(2),
      to: fc.constantFrom("paid" as const, "cancelled" as const, "refunded" as const),
    }),
  },
);

const bought: Step[] = [
  { kind: "reprice", priceMinor: 2900 },
  { kind: "order" },
  { kind: "settle", purchase: 0, to: "paid" },
];
/** Two paid orders of one user; the first one was canceled before it was paid. */
const overlapping: Step[] = [
  { kind: "reprice", priceMinor: 2900 },
  { kind: "order" },
  { kind: "settle", purchase: 0, to: "cancelled" },
  { kind: "order" },
  { kind: "settle", purchase: 0, to: "paid" },
  { kind: "settle", purchase: 1, to: "paid" },
];
const refund = (purchase: number): Step => ({ kind: "settle", purchase, to: "refunded" });

test("access matches the model after any sequence of orders, payments, refunds and admin actions", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const course = await insertCourse(platform, { sections: [["public"]] });
      let model = newModel();
      for (const one of steps) {
        await perform(one, course);
        model = apply(model, one);
        const statuses = (await purchasesOf(course)).map(({ status }) => status);
        expect(statuses, JSON.stringify(one)).toEqual(model.purchases);
      }
      const page = await (await grace.visit(`${course.path}/lessons/lesson-1`)).text();
      expect(page.includes("The text of lesson 1.")).toBe(hasAccess(model));
    }),
    {
      numRuns: 60,
      examples: [
        [[...overlapping, refund(1)]],
        [[...overlapping, refund(1), refund(0)]],
        [[...bought, { kind: "revoke" }, { kind: "enroll-by-admin" }, refund(0)]],
      ],
    },
  );
});

test("every admin change is in the audit once", async () => {
  const course = await insertCourse(platform, { sections: [["public"]] });
  for (const one of [...overlapping, ...overlapping.slice(4), refund(1), refund(1)]) {
    await perform(one, course);
  }
  const { results } = await platform.db
    .prepare(
      "select action, changed_by, user_id from course_changes where course_id = ? order by rowid",
    )
    .bind(course.id)
    .all();
  const by = { changed_by: ada.id, user_id: grace.id };
  const actions = ["cancelled", "paid", "paid", "refunded"].map((what) => `purchase-${what}`);
  expect(results).toEqual(actions.map((action) => ({ action, ...by })));
});
