import { useEffect } from "react";

/** For a page that the document it has come into cannot show: the browser asks for it as a document of its own. */
export function DocumentReload() {
  useEffect(() => location.reload(), []);
  return null;
}
