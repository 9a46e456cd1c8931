import type { NavigationType } from "@remix-run/react";

export interface ShownPage {
  pathname: string;
  search: string;
  /** The part of `pathname` below a Clerk component, which manages its own focus. */
  splat: string;
  hasError: boolean;
}

interface Navigation {
  type: `${NavigationType}`;
  isSubmission: boolean;
  /** Whether the page has set focus itself, such as to a dialog or a notice. */
  hasSetFocus: boolean;
}

/**
 * Whether a navigation leads to a page that people must be told about: not to another part or
 * dialog of the page, and not to the results of its forms, which manage focus themselves.
 */
export function isNewPage(
  before: ShownPage,
  now: ShownPage,
  { type, isSubmission, hasSetFocus }: Navigation,
): boolean {
  if (before.hasError !== now.hasError || pagePath(before) !== pagePath(now)) return true;
  if (type === "REPLACE" || isSubmission || hasSetFocus) return false;
  return before.search !== now.search;
}

const pagePath = ({ pathname, splat }: ShownPage) =>
  pathname.slice(0, pathname.length - splat.length).replace(/(.)\/$/, "$1");
