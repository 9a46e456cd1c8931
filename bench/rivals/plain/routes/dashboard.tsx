import { capturedLoader } from "../../shared/captured";

export { default, meta } from "~/routes/dashboard";

export const loader = capturedLoader("routes/dashboard");
