import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { UserFilter } from "~/features/admin/components/user-filter";
import { UserTable } from "~/features/admin/components/user-table";
import { findUsers } from "~/features/admin/user-list.server";
import { parseUserQuery } from "~/features/admin/user-query";
import { Page } from "~/layout/page";
import { Pager } from "~/ui/pager";
import { TooManyMatches } from "~/ui/too-many-matches";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Users · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  requirePermission(context, "users.read");
  const query = parseUserQuery(new URL(request.url).searchParams);
  return { query, page: await findUsers(context.db, query) };
}

export default function Users() {
  const { query, page } = useLoaderData<typeof loader>();
  return (
    <Page title="Users">
      <div className="grid gap-8">
        <UserFilter query={query} />
        {page === null ? (
          <TooManyMatches />
        ) : page.rows.length > 0 ? (
          <div>
            <UserTable
              caption={query.q ? `Users matching “${query.q}”` : "Users"}
              users={page.rows}
            />
            <Pager previous={page.previous} next={page.next} />
          </div>
        ) : (
          <NoUsers search={query.q} />
        )}
      </div>
    </Page>
  );
}

function NoUsers({ search }: { search: string }) {
  return (
    <p className="max-w-[56ch] text-muted">
      {search ? `No users match “${search}”.` : "No users match."}{" "}
      <Link to="/admin/users" className="text-accent underline underline-offset-4">
        Show all users
      </Link>
    </p>
  );
}
