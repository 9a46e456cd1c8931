import { beforeEach, expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";
import { paidOrder } from "../support/refunds.ts";

const platform = await useSite({}, { withStripe: true });
const { stripe } = platform;
const browser = await useBrowser();
beforeEach(() => stripe.release());

async function openAs(role: "admin" | "user", options = {}) {
  const person = await consoleUser(platform, role);
  const session = await openBrowser(browser, platform.origin, options);
  const values = Object.entries(person.cookies).map(([name, value]) => ({ name, value }));
  await session.page.context().addCookies(values.map((one) => ({ ...one, url: platform.origin })));
  return { person, ...session };
}

test.each([
  ["with JavaScript", true],
  ["without JavaScript", false],
])(
  "%s, an admin refunds, the refund fails later, and the admin decides",
  async (_, javaScriptEnabled) => {
    const buyer = await openAs("user");
    const order = await paidOrder(platform, buyer.person, { method: "card_refund_failing" });
    const lesson = `${platform.origin}${order.course.path}/lessons/lesson-2`;
    await buyer.page.goto(lesson);
    await buyer.page.getByText("The text of lesson 2.").waitFor();

    const { page, close } = await openAs("admin", { javaScriptEnabled });
    await page.goto("/admin/purchases");
    await page.getByRole("cell", { name: "€29.00" }).first().waitFor();
    await page.goto(`/admin/purchases/${order.id}`);
    await page.getByLabel(/^Amount \(up to €29.00/).fill("9,50");
    await page.getByLabel("Reason").selectOption("duplicate");
    await page.getByRole("button", { name: "Refund" }).click();
    await page.getByText("Refunded.").waitFor();
    await page.getByLabel(/^Amount \(up to €19.50/).waitFor();
    await buyer.page.reload();
    await buyer.page.getByText("The text of lesson 2.").waitFor();

    await page.getByRole("button", { name: "Refund" }).click();
    await page.getByText("Refund requested: €19.50").waitFor();
    await buyer.page.goto(lesson);
    expect(await buyer.page.getByText("The text of lesson 2.").count()).toBe(0);

    const [, last] = await order.refunds();
    await stripe.settleRefund(last?.stripe_refund_id ?? "", "failed");
    await stripe.waitForIdle();
    await page.goto("/admin/purchases");
    await page.getByText("A refund did not reach the buyer.").first().waitFor();
    await page.goto(`/admin/purchases/${order.id}`);
    await page.getByText("expired or canceled card").first().waitFor();
    await page.getByRole("button", { name: "Reopen the course" }).click();
    await page.getByText("Your decision was saved.").waitFor();
    await buyer.page.goto(lesson);
    await buyer.page.getByText("The text of lesson 2.").waitFor();
    await buyer.close();
    await close();
  },
);

test("an admin sees a dispute, and what it ends", async () => {
  const { page, close } = await openAs("admin");
  const order = await paidOrder(platform, await consoleUser(platform, "user"));
  const dispute = await stripe.dispute(order.paymentIntentId);
  await stripe.waitForIdle();
  await page.goto(`/admin/purchases/${order.id}`);
  await page.getByText("Answer in Stripe’s dashboard").waitFor();
  await stripe.closeDispute(dispute.id, "lost");
  await stripe.waitForIdle();
  await page.reload();
  await page.getByText("The bank took the money back; access has ended.").waitFor();
  await page.getByText("Dispute lost: €29.00").waitFor();
  expect(await order.status()).toBe("refunded");
  await close();
});
