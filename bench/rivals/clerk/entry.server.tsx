export { streamDocument as default } from "../shared/entry.server";
