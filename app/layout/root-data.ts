import { useRouteLoaderData } from "@remix-run/react";
import type { Role } from "~/db/enums";
import type { BrowserEnvironment } from "~/env.server";

/** The signed-in user as the session claims describe them: enough to show a link, not to grant anything. */
export type Viewer = { role: Role | null } | null;

/** What the root route loads for every page. */
export interface RootData {
  env: BrowserEnvironment;
  viewer: Viewer;
}

/** The root route's data; undefined on an error page. */
export const useRootData = () => useRouteLoaderData<RootData>("root");
