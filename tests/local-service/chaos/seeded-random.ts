import { createHash } from "node:crypto";

/** A number in [0, 1) that depends only on its arguments, so that a seed is reproducible. */
export function seededRandom(seed: number, choice: string, index: number): number {
  const digest = createHash("sha256").update(`${seed} ${choice} ${index}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Shuffles by `random`, which returns a number in [0, 1) for each named choice. */
export function shuffle<Item>(items: Item[], random: (choice: string) => number): Item[] {
  return items
    .map((item, index) => ({ item, key: random(`place ${index}`) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
