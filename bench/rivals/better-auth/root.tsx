import { capturedLoader } from "../shared/captured";

export { Frame as default, Layout, links, meta } from "../shared/document";

export const loader = capturedLoader("root");
