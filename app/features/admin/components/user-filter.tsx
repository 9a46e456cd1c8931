import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { SelectField } from "~/ui/filter-fields";
import { SearchField } from "~/ui/search-field";
import type { UserQuery } from "../user-query";

const roles = [
  ["user", "user"],
  ["admin", "admin"],
] as const;
const states = [
  ["active", "active"],
  ["pending", "pending"],
  ["banned", "banned"],
  ["deleted", "deleted"],
] as const;
const sorts = [
  ["newest", "newest first"],
  ["name", "name"],
  ["email", "email"],
] as const;

export function UserFilter({ query }: { query: UserQuery }) {
  const { location } = useNavigation();
  const busy = location?.pathname === "/admin/users";
  return (
    <Form method="get" role="search" aria-label="Users" className="flex flex-wrap items-end gap-4">
      <SearchField label="Words of name or email, or an ID" name="q" value={query.q} />
      <SelectField label="Role" name="role" value={query.role} options={roles} emptyLabel="any" />
      <SelectField
        label="Status"
        name="state"
        value={query.state}
        options={states}
        emptyLabel="any"
      />
      {query.q === "" && (
        <SelectField label="Sort by" name="sort" value={query.sort} options={sorts} />
      )}
      <Button variant="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
