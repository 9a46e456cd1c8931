import type { Role } from "~/db/enums";

declare global {
  /** Custom claims of Clerk's session token (README.md, section "Configuration"). */
  interface CustomJwtSessionClaims {
    dbId?: string;
    role?: Role;
  }
}
