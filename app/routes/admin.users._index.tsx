import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { UserFilter } from "~/features/admin/components/user-filter";
import { UserTable } from "~/features/admin/components/user-table";
import { findUsers } from "~/features/admin/user-list.server";
import { parseUserQuery } from "~/features/admin/user-query";
import { Page } from "~/layout/page";
import { Pager } from "~/ui/pager";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Users · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, "users.read");
  const query = parseUserQuery(new URL(request.url).searchParams);
  return { query, ...(await findUsers(context.db, query)) };
}

export default function Users() {
  const { query, page, otherMatches } = useLoaderData<typeof loader>();
  const field = query.field === "name" ? "name" : "email";
  const other = query.field === "name" ? "email" : "name";
  return (
    <Page title="Users">
      <div className="grid gap-8">
        <UserFilter query={query} />
        {page.rows.length > 0 ? (
          <div>
            <UserTable
              caption={query.q ? `Users whose ${field} starts with “${query.q}”` : "Users"}
              users={page.rows}
            />
            <Pager previous={page.previous} next={page.next} />
          </div>
        ) : (
          <NoUsersFound field={field} search={query.q} />
        )}
        {otherMatches.length > 0 && (
          <section aria-labelledby="elsewhere">
            <h2 id="elsewhere" className="mb-2 text-xl">
              By {other}
            </h2>
            <UserTable
              caption={`Users whose ${other} starts with “${query.q}”`}
              users={otherMatches}
            />
          </section>
        )}
      </div>
    </Page>
  );
}

function NoUsersFound({ field, search }: { field: string; search: string }) {
  return (
    <p className="max-w-[56ch] text-muted">
      {search ? `No users whose ${field} starts with “${search}”.` : "No users match."}{" "}
      <Link to="/admin/users" className="text-accent underline underline-offset-4">
        Show all users
      </Link>
    </p>
  );
}
