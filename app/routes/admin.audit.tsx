import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Form, useLoaderData } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { listAuditEntries, parseAuditQuery } from "~/features/admin/audit-log.server";
import { AuditTable } from "~/features/admin/components/audit-table";
import { Page } from "~/layout/page";
import { Button, buttonClass } from "~/ui/button";
import { Pager } from "~/ui/pager";
import { SearchField } from "~/ui/search-field";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Audit log · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "audit.read");
  const query = parseAuditQuery(new URL(request.url).searchParams);
  return { role, person: query.person, page: await listAuditEntries(context.db, query) };
}

export default function Audit() {
  const { role, person, page } = useLoaderData<typeof loader>();
  const exportUrl = `/admin/audit.csv?${new URLSearchParams({ person })}`;
  return (
    <Page title="Audit log" lead="Admin changes to roles, courses, enrollments and purchases.">
      <div className="grid gap-8">
        <div className="flex flex-wrap items-end gap-4">
          <Form method="get" role="search" className="flex grow flex-wrap items-end gap-4">
            <SearchField label="Email or ID of a user" name="person" value={person} />
            <Button variant="secondary">Show</Button>
          </Form>
          {can(role, "audit.export") && (
            <a href={exportUrl} download className={buttonClass("secondary")}>
              Export CSV
            </a>
          )}
        </div>
        {page.rows.length === 0 ? (
          <p className="text-muted">
            {person ? "No audit entries for this person." : "No audit entries yet."}
          </p>
        ) : (
          <div>
            <AuditTable caption="Admin actions, newest first" entries={page.rows} />
            <Pager previous={page.previous} next={page.next} />
          </div>
        )}
      </div>
    </Page>
  );
}
