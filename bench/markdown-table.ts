export const whole = (value: number) => Math.round(value).toLocaleString("en-US");

export const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;

/** The first column holds names, the others numbers. */
export function table(heads: readonly string[], rows: readonly string[]): string[] {
  return [row(...heads), row(...heads.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows];
}
