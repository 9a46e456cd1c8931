import { Form, useNavigation } from "@remix-run/react";
import { type PurchaseStatus, purchaseStatuses } from "~/db/enums";
import { purchaseStatusLabels } from "~/features/purchases/purchase-status";
import { Button } from "~/ui/button";
import { SelectField } from "~/ui/filter-fields";

const statuses = purchaseStatuses.map((status) => [status, purchaseStatusLabels[status]] as const);

export function PurchaseFilter({ status }: { status: PurchaseStatus | null }) {
  const { location, formMethod } = useNavigation();
  const busy = location?.pathname === "/admin/purchases" && formMethod !== "POST";
  return (
    <Form method="get" aria-label="Purchases" className="flex flex-wrap items-end gap-4">
      <SelectField
        label="Status"
        name="status"
        value={status}
        options={statuses}
        emptyLabel="any"
      />
      <Button variant="secondary" busy={busy} busyText="Loading…">
        Show
      </Button>
    </Form>
  );
}
