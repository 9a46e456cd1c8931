/** The classic compiler gives the URL of an imported style sheet, font or drawing. */
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
