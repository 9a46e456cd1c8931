import { canAccessAdminPages } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { Viewer } from "./root-data";

export const toViewer = (
  session: { claims: { role: Role | null }; actorId: string | null } | null,
): Viewer =>
  session && {
    isAdmin: canAccessAdminPages(session.claims),
    isImpersonated: session.actorId !== null,
  };
