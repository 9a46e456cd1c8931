/**
 * The pages and the layout that rivals import from the application. Its own types would not fit:
 * they describe a load context that rivals do not have.
 */
declare module "~/routes/*" {
  const page: import("react").ComponentType;
  export default page;
  export const meta: import("@remix-run/cloudflare").MetaFunction;
  export const links: import("@remix-run/cloudflare").LinksFunction;
}

declare module "~/styles/fonts/*" {
  const url: string;
  export default url;
}

declare module "~/layout/document-context" {
  type DocumentData = import("~/layout/document-data").DocumentData;
  export const DocumentProvider: import("react").ComponentType<{
    data: DocumentData;
    children: import("react").ReactNode;
  }>;
  export const useDocument: () => DocumentData;
  export const useDocumentAttributes: () => Record<string, string>;
}

declare module "~/layout/document-data" {
  export interface DocumentData {
    viewer: null;
    theme: string;
    legalLinks: Record<string, string>;
    prefetched: readonly string[];
  }
  export const readDocumentData: (document: Document) => DocumentData;
}

declare module "~/layout/loading-bar" {
  export const LoadingBar: import("react").ComponentType;
}

declare module "~/layout/page-scripts" {
  export const PageScripts: import("react").ComponentType<{ nonce: string | undefined }>;
}

declare module "~/layout/route-announcer" {
  export const RouteAnnouncer: import("react").ComponentType;
}

declare module "~/layout/site-footer" {
  export const SiteFooter: import("react").ComponentType;
}

declare module "~/layout/site-header" {
  export const SiteHeader: import("react").ComponentType<{
    viewer: { isAdmin: boolean } | null;
    userMenu: import("react").ReactNode;
  }>;
}

declare module "~/http/early-hints.server" {
  export const preloadLinks: (context: import("@remix-run/cloudflare").EntryContext) => string[];
}

declare module "~/http/nonce" {
  export const NonceContext: import("react").Context<string | undefined>;
  export const useNonce: () => string | undefined;
}

declare module "~/http/theme" {
  export const readThemeCookie: (request: Request) => string;
}
