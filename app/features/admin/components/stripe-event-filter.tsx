import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { SelectField } from "~/ui/filter-fields";
import { recordedStripeOutcomes, type StripeEventQuery } from "../stripe-event-query";

const outcomes = recordedStripeOutcomes.map((outcome) => [outcome, outcome] as const);

export function StripeEventFilter({ query }: { query: StripeEventQuery }) {
  const busy = useNavigation().location?.pathname === "/admin/sync";
  return (
    <Form method="get" aria-label="Stripe's events" className="mb-6 flex flex-wrap items-end gap-4">
      <input type="hidden" name="source" value="stripe" />
      <SelectField
        label="Outcome"
        name="outcome"
        value={query.outcome}
        options={outcomes}
        emptyLabel="any"
      />
      <Button variant="secondary" busy={busy} busyText="Loading…">
        Show
      </Button>
    </Form>
  );
}
