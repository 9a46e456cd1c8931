import { capturedLoader } from "../../shared/captured";

export { default } from "~/routes/_index";

export const loader = capturedLoader("routes/_index");
