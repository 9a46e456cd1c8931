import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { SearchField } from "~/ui/search-field";

export function CatalogSearch({ query }: { query: string }) {
  const { location } = useNavigation();
  const busy = location?.pathname === "/" && location.search !== "";
  return (
    <Form
      method="get"
      action="/"
      role="search"
      aria-label="Courses"
      className="flex grow flex-wrap items-end gap-3 sm:max-w-md"
    >
      <SearchField label="Search courses" name="q" value={query} />
      <Button variant="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
