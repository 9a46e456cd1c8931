/** Whether a browser asks for a page to show, by its address; not for data, and no program. */
export function isDocumentRequest({ headers }: Request): boolean {
  return headers.get("Accept")?.includes("text/html") ?? false;
}
