import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { changesOf, open, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase, insertReceivedPayment, refundPurchase } from "../support/purchases.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
});

test("purchases are settled once; access follows", async () => {
  const course = await insertCourse(platform, { priceMinor: 2_900 });
  const purchaseId = await insertPurchase(platform, { userId: grace.id, courseId: course.id });
  const settle = (settlement: string) =>
    send(ada, "/admin/purchases?status=pending", { purchaseId, settlement });
  const readable = async () =>
    (await (await grace.visit(`${course.path}/lessons/lesson-2`)).text()).includes(
      "The text of lesson 2",
    );
  expect(await readable()).toBe(false);
  const responses = await Promise.all([settle("paid"), settle("paid")]);
  for (const { location } of responses) {
    expect(location).toBe(`/admin/purchases?status=pending&settled=paid&purchase=${purchaseId}`);
  }
  expect(await readable()).toBe(true);
  const late = await settle("cancelled");
  expect(late.status).toBe(409);
  expect(late.html).toContain("Someone else changed it, and it is now paid.");
  const refunds = await Promise.all([
    refundPurchase(ada, purchaseId),
    refundPurchase(ada, purchaseId),
  ]);
  expect(refunds.map(({ status }) => status).sort()).toEqual([302, 409]);
  expect(await readable()).toBe(false);
  expect(await changesOf(platform, course.id)).toEqual(
    ["purchase-paid", "purchase-refunded"].map((action) => ({
      action,
      detail: `CP-${purchaseId}`,
      changed_by: ada.id,
      user_id: grace.id,
    })),
  );
});

test("the export has the purchases of the filter, with formulas escaped", async () => {
  const course = await insertCourse(platform, { priceMinor: 2_900, title: "=Priced" });
  const purchase = { userId: grace.id, courseId: course.id, createdAt: 1_700_000_000_000 };
  await insertPurchase(platform, { ...purchase, status: "refunded", reference: "CP-export" });
  await insertPurchase(platform, { ...purchase, status: "cancelled" });
  const response = await ada.visit("/admin/purchases.csv?status=refunded");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toContain("purchases.csv");
  const [header, ...lines] = (await response.text()).trim().split("\r\n");
  expect(header).toContain('"reference","status","price","currency"');
  expect(lines.filter((line) => !line.includes('"refunded"'))).toEqual([]);
  const paid = await platform.db
    .prepare("select sum(price_minor) n from purchases where status in ('paid', 'refunded')")
    .first<number>("n");
  const { html } = await open(ada, "/admin/purchases");
  expect(html).toMatch(new RegExp(`EUR, in total</th><td[^>]*>€${(paid ?? 0) / 100}.00<`));
  expect(lines.find((line) => line.includes("CP-export"))).toMatch(
    /^"CP-export","refunded","29.00","EUR","'=Priced",.*,"pay-later","2023-11-14T22:13:20.000Z","2023/,
  );
});

test("the list of purchases offers the possible settlements and leads to refunds", async () => {
  const course = await insertCourse(platform, { priceMinor: 2_900, title: "Priced" });
  const buttons = {
    pending: ["Mark as paid…: CP-pending", "Cancel order…: CP-pending"],
    paid: ["Refund…: CP-paid"],
    cancelled: ["Mark as paid…: CP-cancelled"],
    refunded: [],
  };
  const ids: Record<string, string> = {};
  for (const status of ["pending", "paid", "cancelled", "refunded"] as const) {
    const purchase = { userId: grace.id, courseId: course.id, status, reference: `CP-${status}` };
    ids[status] = await insertPurchase(platform, purchase);
    const { html } = await open(ada, `/admin/purchases?status=${status}`);
    const labels = [
      ...html.matchAll(/aria-label="([^"]*CP-(?:pending|paid|cancelled|refunded)[^"]*)"/g),
    ];
    expect(labels.map(([, label]) => label)).toEqual(buttons[status]);
    expect(html).toContain("€29.00");
  }
  const ask = (status: string, as: string) =>
    open(ada, `/admin/purchases?status=${status}&ask=${as}&purchase=${ids[status]}`);
  const { html } = await open(ada, `/admin/purchases/${ids.paid}`);
  expect(html).toContain("Send the money back yourself");
  expect((await ask("pending", "cancelled")).html).toContain("Cancel order CP-pending?");
  const payment = await ask("cancelled", "paid");
  expect(payment.html).toContain("Mark CP-cancelled as paid?");
  expect(payment.html).toContain("Only if €29.00 has arrived.");
  const settle = (fields: Record<string, string>) => send(ada, "/admin/purchases", fields);
  expect((await settle({ purchaseId: "nothing", settlement: "paid" })).status).toBe(404);
  expect((await settle({ settlement: "paid" })).status).toBe(400);
});

test("without Stripe's keys, nothing is refunded at Stripe or compared with it", async () => {
  const course = await insertCourse(platform, { priceMinor: 2_900 });
  const purchase = { userId: grace.id, courseId: course.id, status: "paid" as const };
  const id = await insertPurchase(platform, purchase);
  await insertReceivedPayment(platform, id);
  expect((await refundPurchase(ada, id)).status).toBe(503);
  const refunds = platform.db.prepare("select count(*) n from refunds where purchase_id = ?");
  expect(await refunds.bind(id).first("n")).toBe(0);
  await platform.db.exec(
    "insert into payment_runs (id, mode, started_at, updated_at) values ('run', 'repair', 1, 1)",
  );
  await platform.scheduled(crons.frequent);
  const run = await platform.db.prepare("select finished_at, error from payment_runs").first();
  expect(run).toEqual({ finished_at: expect.any(Number), error: "Stripe is not configured" });
});
