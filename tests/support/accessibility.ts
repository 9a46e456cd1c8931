import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Violations found by axe, one line each. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  // Without legacy mode, which ignores frames of other sites, each check opens a second page.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}
