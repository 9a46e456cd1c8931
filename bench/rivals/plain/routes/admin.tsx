import { capturedLoader } from "../../shared/captured";

export { default } from "~/routes/admin";

export const loader = capturedLoader("routes/admin");
