/** The classic compiler gives the URL of an imported style sheet or font. */
declare module "*.css" {
  const href: string;
  export default href;
}

declare module "*.woff2" {
  const href: string;
  export default href;
}
