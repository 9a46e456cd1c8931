/** True for browser navigation, false for data requests and API clients. */
export function isDocumentRequest({ headers }: Request): boolean {
  return headers.get("Accept")?.includes("text/html") ?? false;
}
