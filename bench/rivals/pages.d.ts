/**
 * The pages and the header that rivals import from the application. Its own types would not fit:
 * they describe a load context that rivals do not have.
 */
declare module "~/routes/*" {
  const page: import("react").ComponentType;
  export default page;
}

declare module "~/layout/site-header" {
  export const SiteHeader: import("react").ComponentType<{
    viewer: { role: string | null } | null;
    userMenu: import("react").ReactNode;
  }>;
}
