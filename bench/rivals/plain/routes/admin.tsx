import { capturedLoader } from "../../shared/captured";

export { default, meta } from "~/routes/admin";

export const loader = capturedLoader("routes/admin");
