import { chaosSchemas } from "../../local-service/chaos/settings.ts";
import { backendRouteNames } from "./backend-route.ts";
import { rateLimitNames } from "./rate-limits.ts";

/** The chaos settings of the local Clerk. */
export const schemas = chaosSchemas({ routes: backendRouteNames, rateLimits: rateLimitNames });
