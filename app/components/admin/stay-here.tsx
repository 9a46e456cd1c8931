import { stayField } from "~/features/courses/outline-url";
import { useHydrated } from "../hydrated";

/** Says in a form that the page does not move: without scripts it is loaded anew, and begins at the top. */
export function StayHere() {
  return useHydrated() ? <input type="hidden" name={stayField} value="1" /> : null;
}
