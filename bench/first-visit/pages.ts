import type { Browser } from "playwright-core";
import { median } from "../side-by-side/statistics.ts";
import type { DemoSite } from "./site.ts";
import { type Loaded, type PageVisit, visit } from "./visit.ts";

interface MeasuredPage extends PageVisit {
  label: string;
  isSignedIn?: boolean;
  goalMs: number;
}

const pages: readonly MeasuredPage[] = [
  { label: "Home", path: "/", goalMs: 2_000 },
  {
    label: "Lesson",
    path: "/courses/how-the-night-sky-moves/lessons/measuring-with-your-hand",
    goalMs: 2_000,
  },
  { label: "Dashboard", path: "/dashboard", isSignedIn: true, goalMs: 4_000 },
  { label: "Sign-in form", path: "/sign-in", fieldLabel: "Email address", goalMs: 12_000 },
];

export interface MeasuredVisit extends MeasuredPage {
  /** Until the largest element is painted; for a form, until its first field is shown. */
  ms: number;
  bytes: Loaded["bytes"];
}

/** Visits each page once to count bytes, then on slow 3G, each time in a new browser profile. */
export async function measurePages(
  browser: Browser,
  site: DemoSite,
  rounds: number,
): Promise<MeasuredVisit[]> {
  const measured: MeasuredVisit[] = [];
  for (const page of pages) {
    const cookiesOf = () => (page.isSignedIn ? site.signIn() : Promise.resolve({}));
    const { bytes } = await visit(browser, site.origin, page, { cookies: await cookiesOf() });
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const options = { cookies: await cookiesOf(), isSlow: true };
      times.push((await visit(browser, site.origin, page, options)).ms);
    }
    console.log(`${page.label}: ${times.map(Math.round).join(", ")} ms`);
    measured.push({ ...page, ms: median(times), bytes });
  }
  return measured;
}
