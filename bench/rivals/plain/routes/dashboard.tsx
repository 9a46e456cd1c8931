import { capturedLoader } from "../../shared/captured";

export { default } from "~/routes/dashboard";

export const loader = capturedLoader("routes/dashboard");
