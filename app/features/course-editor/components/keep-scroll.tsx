import { useHydrated } from "~/ui/hydration";
import { keepScrollField } from "../outline-urls";

/** Tells the worker that the page keeps its scroll position, which requires JavaScript. */
export function KeepScroll() {
  return useHydrated() ? <input type="hidden" name={keepScrollField} value="1" /> : null;
}
