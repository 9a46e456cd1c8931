import type { NavigationType } from "@remix-run/react";

export interface ShownPage {
  pathname: string;
  search: string;
  /** The part of `pathname` below a Clerk component, which manages its own focus. */
  splat: string;
  hasError: boolean;
}

/**
 * Whether a navigation leads to a page that people must be told about: not to another part or
 * dialog of the page, and not to the results of a form, which keeps focus.
 */
export function isNewPage(
  before: ShownPage,
  now: ShownPage,
  { type, isInForm }: { type: `${NavigationType}`; isInForm: boolean },
): boolean {
  if (before.hasError !== now.hasError || pagePath(before) !== pagePath(now)) return true;
  return before.search !== now.search && type !== "REPLACE" && !isInForm;
}

const pagePath = ({ pathname, splat }: ShownPage) =>
  pathname.slice(0, pathname.length - splat.length).replace(/(.)\/$/, "$1");
