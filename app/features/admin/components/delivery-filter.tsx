import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { SelectField } from "~/ui/filter-fields";
import type { DeliveryQuery } from "../delivery-query";

const outcomes = ["applied", "stale", "ignored", "rejected"].map(
  (outcome) => [outcome, outcome] as const,
);
const types = [
  ["user.created", "user.created"],
  ["user.updated", "user.updated"],
  ["user.deleted", "user.deleted"],
  ["other", "other"],
] as const;

export function DeliveryFilter({ query }: { query: DeliveryQuery }) {
  const busy = useNavigation().location?.pathname === "/admin/sync";
  return (
    <Form method="get" aria-label="Deliveries" className="mb-6 flex flex-wrap items-end gap-4">
      <SelectField
        label="Outcome"
        name="outcome"
        value={query.outcome}
        options={outcomes}
        emptyLabel="any"
      />
      <SelectField label="Event" name="type" value={query.type} options={types} emptyLabel="any" />
      <Button variant="secondary" busy={busy} busyText="Loading…">
        Show
      </Button>
    </Form>
  );
}
