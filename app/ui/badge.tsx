import type { ReactNode } from "react";

const tones = {
  plain: "border-line text-muted",
  strong: "border-accent text-accent",
  good: "border-success text-success",
  bad: "border-danger text-danger",
};
export type Tone = keyof typeof tones;

/** One word that says how something stands. */
export function Label({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full border px-2 text-[0.8125rem] leading-5 whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
