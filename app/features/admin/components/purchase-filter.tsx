import { Form, useNavigation } from "@remix-run/react";
import { purchaseStatuses } from "~/db/enums";
import { purchaseStatusLabels } from "~/features/purchases/purchase-status";
import { Button } from "~/ui/button";
import { DateField, SelectField } from "~/ui/filter-fields";
import { SearchField } from "~/ui/search-field";
import type { FlaggedPurchases } from "../flagged-purchases.server";
import type { PurchaseQuery } from "../purchase-list.server";
import { attentionCount } from "./flagged-purchases";

const statuses = purchaseStatuses.map((status) => [status, purchaseStatusLabels[status]] as const);

interface PurchaseFilterProps {
  query: PurchaseQuery;
  flagged: FlaggedPurchases;
}

export function PurchaseFilter({ query, flagged }: PurchaseFilterProps) {
  const { location, formMethod } = useNavigation();
  const busy = location?.pathname === "/admin/purchases" && formMethod !== "POST";
  return (
    <Form
      method="get"
      role="search"
      aria-label="Purchases"
      className="flex grow flex-wrap items-end gap-4"
    >
      {query.person !== null && <input type="hidden" name="person" value={query.person} />}
      <SearchField label="Reference, buyer or course" name="q" value={query.q} />
      <SelectField
        label="Status"
        name="status"
        value={query.status}
        options={statuses}
        emptyLabel="any"
      />
      <SelectField
        label="Show"
        name="attention"
        value={query.attention}
        options={[["needed", `needs attention (${attentionCount(flagged)})`]]}
        emptyLabel="all"
      />
      <DateField label="Ordered from" name="from" value={query.from} />
      <DateField label="Ordered until" name="to" value={query.to} />
      <Button variant="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
