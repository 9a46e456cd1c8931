/** The classic compiler gives the URL of an imported style sheet. */
declare module "*.css" {
  const href: string;
  export default href;
}
