import { createHash } from "node:crypto";

/**
 * A number from 0 up to 1 that depends on nothing but its arguments: the same seed makes the same
 * choices, whatever happens in between.
 */
export function chance(seed: number, choice: string, index: number): number {
  const digest = createHash("sha256").update(`${seed} ${choice} ${index}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** The items in an order that `draw` decides: a number from 0 up to 1 for each choice by name. */
export function shuffled<Item>(items: Item[], draw: (choice: string) => number): Item[] {
  return items
    .map((item, place) => ({ item, key: draw(`place ${place}`) }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
