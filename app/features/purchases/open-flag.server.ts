import { type SQL, sql } from "drizzle-orm";
import type { PaymentFlag } from "~/db/enums";
import { disputes, payments, purchases, refunds } from "~/db/schema.server";
import {
  isMismatchBack,
  isOnePaymentLeft,
  refundableMinor,
  refundedMinor,
} from "./refunds/money-back.server";

const id = sql`${purchases.id}`;
const status = sql`${purchases.status}`;

/** The flag of a purchase's payment until an admin has done what it asks for. */
export const openFlag: SQL<PaymentFlag | null> = sql`(select case
  when flagged.flag = 'amount-mismatch' and case when ${status} = 'cancelled' then ${refundedMinor(id)} > 0
    else ${status} <> 'pending' and (not flagged.is_paid_outside or ${isMismatchBack(id)}) end then null
  when ${status} = 'refunded' and (flagged.flag <> 'second-payment' or ${refundableMinor(id)} <= 0) then null
  when ${status} = 'paid' and flagged.flag = 'second-payment' and ${isOnePaymentLeft(id)} then null
  else flagged.flag end from ${payments} flagged where flagged.purchase_id = ${id})`;

export const hasFailedRefund = sql<number>`exists (select 1 from ${refunds} failed where failed.purchase_id = ${id}
  and failed.status in ('failed', 'canceled') and failed.decision is null)`;

export const hasOpenDispute = sql<number>`exists (select 1 from ${disputes} open where open.purchase_id = ${id}
  and open.status = 'open')`;
