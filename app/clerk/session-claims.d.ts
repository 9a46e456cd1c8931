import type { Role } from "~/db/enums";

declare global {
  /** What Clerk's session token carries beside its own claims (README.md, section "Configuration"). */
  interface CustomJwtSessionClaims {
    dbId?: string;
    role?: Role;
  }
}
