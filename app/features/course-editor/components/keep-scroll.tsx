import { useHydrated } from "~/ui/use-hydrated";
import { keepScrollField } from "../outline-urls";

/** Says in a form that the page does not move: without scripts it is loaded anew, and begins at the top. */
export function KeepScroll() {
  return useHydrated() ? <input type="hidden" name={keepScrollField} value="1" /> : null;
}
