import { ClerkApp, UserButton } from "@clerk/remix";
import { rootAuthLoader } from "@clerk/remix/ssr.server";
import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { captured } from "../shared/captured";
import { Frame } from "../shared/document";

export { Layout, links, meta } from "../shared/document";

export const loader = (args: LoaderFunctionArgs) =>
  rootAuthLoader(args, () => captured(args, "root"));

export default ClerkApp(() => (
  <Frame userMenu={<UserButton userProfileMode="navigation" userProfileUrl="/account" />} />
));
