import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { BusinessFigures } from "~/features/admin/components/business-figures";
import { SyncHealth } from "~/features/admin/components/sync-health";
import { loadOverview } from "~/features/admin/overview.server";
import { Page } from "~/layout/page";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Overview · Admin · Courses Platform" }];

export async function loader({ context }: LoaderFunctionArgs) {
  requirePermission(context, "admin.view");
  return loadOverview(context, Date.now());
}

export default function Overview() {
  const overview = useLoaderData<typeof loader>();
  return (
    <Page title="Admin overview">
      <BusinessFigures {...overview} />
      <SyncHealth {...overview} />
    </Page>
  );
}
