import { expect } from "vitest";
import { modesOf } from "../faults/plan.ts";
import type { Platform } from "../platform.ts";
import { restorePayments, savePayments } from "./saved-state.ts";

/** A code path of payments; webhooks are held until it has run. */
interface CodePath<Order> {
  prepare(): Promise<Order>;
  run(order: Order): Promise<unknown>;
  /** Which of the steps to fail; all by default. */
  isTested?(index: number, steps: readonly string[]): boolean;
  /** Lets everything that is under way end, without faults. */
  settle(): Promise<void>;
  expectConverged(context: string): Promise<unknown>;
}

/** Fails each I/O step in each way, once, then expects convergence. Returns the number of faults. */
export async function checkCrashPoints<Order>(
  platform: Platform,
  name: string,
  { prepare, run, isTested = () => true, settle, expectConverged }: CodePath<Order>,
): Promise<number> {
  const order = await prepare();
  await savePayments(platform);
  await platform.armFault(null);
  await run(order);
  const { steps } = await platform.waitForStripe();
  await settle();
  await expectConverged(`${name}, without faults`);
  expect(steps.length, name).toBeGreaterThan(1);
  let points = 0;
  for (const [index, step] of steps.entries()) {
    if (!isTested(index, steps)) continue;
    for (const mode of modesOf(step)) {
      const context = `${name}: step ${index + 1}, ${step}, ${mode}`;
      await restorePayments(platform);
      await platform.armFault({ step: index + 1, mode });
      await run(order);
      // Work that goes on after the response may reach the step, too.
      const { injected } = await platform.waitForWorker();
      expect(injected, context).toBe(1);
      points++;
      await settle();
      await expectConverged(context);
    }
  }
  console.log(`${name}: ${points} crash points in ${steps.length} steps (${steps.join(", ")})`);
  return points;
}
