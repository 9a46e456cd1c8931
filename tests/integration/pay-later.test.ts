import { expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase } from "../support/purchases.ts";
import { ordersOf, pricedCourse } from "../support/stripe-orders.ts";

const texts = { PAYMENT_INSTRUCTIONS: "Transfer to IBAN DE00", SELLER: "Courses Ltd., London" };
const settings = { ...texts, TERMS_URL: "https://courses.example/terms" };
const withoutKeys = await usePlatform(settings);
const withKeys = await usePlatform(settings, { withStripe: true });

const order = {
  intent: "order",
  priceMinor: "2900",
  currency: "EUR",
  provider: "pay-later",
  consent: "on",
};

test.each([
  ["without keys", withoutKeys, 1],
  ["with keys", withKeys, 2],
])(
  "%s, instructions and seller are shown before the order, on it and on the receipt",
  async (_, platform, buttons) => {
    const grace = await consoleUser(platform, "user");
    const course = await pricedCourse(platform);
    const read = async (path: string) => (await grace.visit(path)).text();
    const page = await read(course.path);
    expect(page).toContain(texts.PAYMENT_INSTRUCTIONS);
    expect(page).toContain(texts.SELLER);
    expect(page).toContain(`href="${settings.TERMS_URL}"`);
    expect(page.match(/name="provider"/g)).toHaveLength(buttons);

    const { headers } = await grace.post(course.path, order);
    const orderPath = headers.get("location") ?? "";
    expect(orderPath).toMatch(/^\/purchases\/[\w-]+$/);
    const orderPage = await read(orderPath);
    expect(orderPage).toContain(texts.PAYMENT_INSTRUCTIONS);
    expect(orderPage).toContain(texts.SELLER);
    expect(await ordersOf(platform, grace, course)).toMatchObject([
      { status: "pending", state: null },
    ]);
    // There is no payment to ask Stripe about.
    const check = await grace.post(orderPath, { intent: "check" });
    expect([check.status, check.headers.get("location")]).toEqual([302, orderPath]);
    expect(await ordersOf(platform, grace, course)).toMatchObject([{ status: "pending" }]);

    const paid = { userId: grace.id, courseId: course.id, status: "paid" } as const;
    const receipt = await read(`/purchases/${await insertPurchase(platform, paid)}`);
    expect(receipt).toContain(texts.SELLER);
    expect(receipt).toContain(texts.PAYMENT_INSTRUCTIONS);
    expect(receipt).toContain("Paid outside this site");
    expect(receipt).toContain("Print receipt");
  },
);

test("an order needs consent to immediate access", async () => {
  const grace = await consoleUser(withoutKeys, "user");
  const course = await pricedCourse(withoutKeys);
  const { consent, ...rest } = order;
  expect((await grace.post(course.path, rest)).status).toBe(400);
  expect((await grace.post(course.path, { ...rest, consent: "no" })).status).toBe(400);
  expect(await ordersOf(withoutKeys, grace, course)).toEqual([]);
});
