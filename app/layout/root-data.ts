import { useRouteLoaderData } from "@remix-run/react";
import type { Role } from "~/db/enums";
import type { BrowserEnvironment } from "~/env.server";

/** From session claims: good enough to show a link, never to grant access. */
export type Viewer = { role: Role | null; isImpersonated: boolean } | null;

export const toViewer = (
  session: { claims: { role: Role | null }; actorId: string | null } | null,
): Viewer => session && { role: session.claims.role, isImpersonated: session.actorId !== null };

export interface RootData {
  env: BrowserEnvironment;
  viewer: Viewer;
}

/** Undefined on an error page. */
export const useRootData = () => useRouteLoaderData<RootData>("root");
