import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { AdminNav } from "~/features/admin/components/admin-nav";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Admin · Courses Platform" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "admin.view");
  return { role };
}

export default function Admin() {
  const { role } = useLoaderData<typeof loader>();
  return (
    <>
      <AdminNav role={role} />
      <Outlet />
    </>
  );
}
