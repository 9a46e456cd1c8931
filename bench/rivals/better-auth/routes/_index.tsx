import { capturedLoader } from "../../shared/captured";

export { default, links, meta } from "~/routes/_index";

export const loader = capturedLoader("routes/_index");
