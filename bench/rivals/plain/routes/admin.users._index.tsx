import { capturedLoader } from "../../shared/captured";

export { default, meta } from "~/routes/admin.users._index";

export const loader = capturedLoader("routes/admin.users._index");
