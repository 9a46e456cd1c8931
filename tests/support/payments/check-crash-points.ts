import { expect } from "vitest";
import { modesOf } from "../faults/plan.ts";
import type { Platform } from "../platform.ts";

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
  const first = await prepare();
  await platform.armFault(null);
  await run(first);
  const { steps } = await platform.waitForStripe();
  await settle();
  await expectConverged(`${name}, without faults`);
  expect(steps.length, name).toBeGreaterThan(1);
  let points = 0;
  for (const [index, step] of steps.entries()) {
    if (!isTested(index, steps)) continue;
    for (const mode of modesOf(step)) {
      const order = await prepare();
      await platform.armFault({ step: index + 1, mode });
      await run(order);
      // Work that goes on after the response may reach the step, too.
      points += (await platform.waitForStripe()).injected;
      await settle();
      await expectConverged(`${name}: step ${index + 1}, ${step}, ${mode}`);
    }
  }
  const tested = steps.filter((_, index) => isTested(index, steps));
  expect(points, `${name}: every fault is reached`).toBe(tested.flatMap(modesOf).length);
  console.log(`${name}: ${points} crash points in ${steps.length} steps (${steps.join(", ")})`);
  return points;
}
