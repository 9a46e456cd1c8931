import { type SQL, sql } from "drizzle-orm";
import type { PaymentFlag } from "~/db/enums";
import { payments, purchases } from "~/db/schema.server";
import { hasLostDispute, refundableMinor, refundedMinor } from "./refunds/money-back.server";

const id = sql`${purchases.id}`;

/** The flag of a purchase's payment until an admin has done what it asks for. */
export const openFlag: SQL<PaymentFlag | null> = sql`case
  when ${payments.flag} = 'amount-mismatch' and (${purchases.status} in ('paid', 'refunded')
    or (${purchases.status} = 'cancelled' and ${refundedMinor(id)} > 0)) then null
  when ${purchases.status} = 'refunded' and (${payments.flag} <> 'second-payment'
    or ${refundableMinor(id)} <= 0 or ${hasLostDispute(id)}) then null
  else ${payments.flag} end`;
