import { chaosSchemas } from "../../local-service/chaos/settings.ts";
import { apiRouteNames } from "./api-route.ts";
import { rateLimitNames } from "./rate-limits.ts";

/** The chaos settings of the local Stripe. */
export const schemas = chaosSchemas({ routes: apiRouteNames, rateLimits: rateLimitNames });
