import {
  useLocation,
  useMatches,
  useNavigation,
  useNavigationType,
  useRouteError,
} from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useBrowserLayoutEffect } from "~/ui/hydration";
import { isNewPage, type ShownPage } from "./page-change";

/** Of this document. Not a state, because an error page replaces all components. */
let shownPage: ShownPage | null = null;

/**
 * After a client-side navigation, focuses the page's heading, unless the page has set focus itself,
 * and announces its title.
 */
export function RouteAnnouncer() {
  const [title, setTitle] = useState("");
  const location = useLocation();
  const type = useNavigationType();
  const splat = useMatches().at(-1)?.params["*"] ?? "";
  const hasError = useRouteError() !== undefined;
  const isSubmission = useIsSubmission();
  const focused = useRef<Element | null>(null);
  // Before the effects of the new page, such as a notice that takes focus.
  useBrowserLayoutEffect(() => {
    focused.current = document.activeElement;
  }, [location, hasError]);
  useEffect(() => {
    const before = shownPage;
    shownPage = { pathname: location.pathname, search: location.search, splat, hasError };
    const hasSetFocus = document.activeElement !== focused.current;
    const navigation = { type, isSubmission: isSubmission.current, hasSetFocus };
    if (!before || !isNewPage(before, shownPage, navigation)) return;
    setTitle(document.title);
    if (!hasSetFocus && location.hash === "") focusHeading();
  }, [location, type, splat, hasError]);
  return (
    <p aria-live="polite" className="sr-only">
      {title}
    </p>
  );
}

/** Whether the latest navigation submitted a form. */
function useIsSubmission() {
  const isSubmission = useRef(false);
  const { state, formMethod } = useNavigation();
  useEffect(() => {
    if (state !== "idle") isSubmission.current = formMethod !== undefined;
  }, [state, formMethod]);
  return isSubmission;
}

/** Scrolling is left to `<ScrollRestoration>`. */
function focusHeading(): void {
  const heading = document.querySelector("h1") ?? document.querySelector("main");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
