import { useHydrated } from "~/ui/use-hydrated";
import { stayField } from "../outline-urls";

/** Says in a form that the page does not move: without scripts it is loaded anew, and begins at the top. */
export function StayHere() {
  return useHydrated() ? <input type="hidden" name={stayField} value="1" /> : null;
}
