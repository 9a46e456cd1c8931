import { Form, useActionData, useNavigation } from "@remix-run/react";
import { formatAmount } from "~/features/courses/money";
import type { SubmittedFields } from "~/http/rate-limited";
import { Button } from "~/ui/button";
import { inputClass } from "~/ui/field-classes";
import { Field, SelectField } from "~/ui/filter-fields";
import type { PurchaseDetails } from "../purchase-details.server";
import { reasonLabels } from "./refund-reasons";

/** Money goes back by the provider that the purchase was paid with. */
export function RefundForm({ details }: { details: PurchaseDetails }) {
  const { purchase, newRefundId } = details;
  const { refundableMinor, refundableCurrency, refundableIntent } = purchase;
  const { amount = "", reason = "requested_by_customer" } =
    useActionData<{ lastResult: SubmittedFields }>()?.lastResult.initialValue ?? {};
  const busy = useNavigation().formData?.get("intent") === "refund";
  return (
    <Form method="post" aria-label="Refund" className="mt-6 grid max-w-xl gap-4">
      <input type="hidden" name="intent" value="refund" />
      <input type="hidden" name="id" value={newRefundId} />
      <p className="text-muted">
        {refundableIntent === null
          ? "Send the money back yourself; this records it."
          : "Stripe sends the money back to the buyer’s card or bank."}{" "}
        A full refund ends the buyer’s access, unless another payment or an admin grants it.
      </p>
      <div className="flex flex-wrap items-end gap-4">
        <Field
          label={`Amount (up to ${formatAmount(refundableMinor, refundableCurrency)}; empty: all)`}
        >
          <input
            name="amount"
            defaultValue={amount}
            inputMode="decimal"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
        <SelectField
          label="Reason"
          name="reason"
          value={reason}
          options={Object.entries(reasonLabels)}
        />
        <Button variant="danger" busy={busy} busyText="Refunding…">
          Refund
        </Button>
      </div>
    </Form>
  );
}
