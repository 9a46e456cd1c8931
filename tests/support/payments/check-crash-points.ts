import { expect } from "vitest";
import { modesOf } from "../faults/plan.ts";
import type { Platform } from "../platform.ts";
import { restorePayments, savePayments } from "./saved-state.ts";

/** Converge together, with one fault each. */
export const ordersAtATime = 8;

/** A code path of payments. */
interface CodePath<Order> {
  /** Orders that are alike; webhooks are held. */
  prepare(): Promise<[Order, ...Order[]]>;
  run(order: Order): Promise<unknown>;
  /** Which of the steps to fail; all by default. */
  isTested?(index: number, steps: readonly string[]): boolean;
  /** Lets everything that is under way end, without faults. */
  settle(): Promise<void>;
  expectConverged(context: string): Promise<unknown>;
}

/**
 * Fails each I/O step in each way, once, then expects convergence: of one fault per prepared order
 * at a time. Returns the number of faults.
 */
export async function checkCrashPoints<Order>(
  platform: Platform,
  name: string,
  { prepare, run, isTested = () => true, settle, expectConverged }: CodePath<Order>,
): Promise<number> {
  const orders = await prepare();
  await savePayments(platform);
  await platform.armFault(null);
  await run(orders[0]);
  const { steps } = await platform.waitForStripe();
  await settle();
  await expectConverged(`${name}, without faults`);
  expect(steps.length, name).toBeGreaterThan(1);
  const points = [...steps.entries()]
    .filter(([index]) => isTested(index, steps))
    .flatMap(([index, step]) => modesOf(step).map((mode) => ({ step: index + 1, mode })));
  for (let from = 0; from < points.length; from += orders.length) {
    await restorePayments(platform);
    const contexts: string[] = [];
    for (const [index, order] of orders.entries()) {
      const point = points[from + index];
      if (point === undefined) break;
      contexts.push(`${name}: step ${point.step}, ${steps[point.step - 1]}, ${point.mode}`);
      await platform.armFault(point);
      await run(order);
      // Work that goes on after the response may reach the step, too.
      const { injected } = await platform.waitForWorker();
      expect(injected, contexts.at(-1)).toBe(1);
    }
    await settle();
    await expectConverged(contexts.join("; "));
  }
  console.log(
    `${name}: ${points.length} crash points in ${steps.length} steps (${steps.join(", ")})`,
  );
  return points.length;
}
