/** The Remix compiler resolves these imports to URLs. */
declare module "*.css" {
  const href: string;
  export default href;
}

declare module "*.woff2" {
  const href: string;
  export default href;
}

declare module "*.svg" {
  const href: string;
  export default href;
}
