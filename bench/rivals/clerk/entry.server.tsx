export { renderDocument as default } from "../shared/entry.server";
