import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { SearchField } from "~/ui/search-field";

export function LearnerSearch({ path, query }: { path: string; query: string }) {
  const { location, formMethod } = useNavigation();
  const busy = location?.pathname === path && formMethod !== "POST";
  return (
    <Form
      method="get"
      action={path}
      role="search"
      aria-label="Learners"
      className="flex grow flex-wrap items-end gap-4 sm:max-w-xl"
    >
      <SearchField label="Words of name or email, or an ID" name="q" value={query} />
      <Button variant="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
