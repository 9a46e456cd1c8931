/**
 * What the rivals take from the application: pages and the header, as components that render what their loaders return. The
 * application's own types stay out: they describe a load context that the rivals have not.
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
