import type { ReactNode } from "react";

const tones = {
  neutral: "border-line text-muted",
  accent: "border-accent text-accent",
  success: "border-success text-success",
  danger: "border-danger text-danger",
};
export type BadgeTone = keyof typeof tones;

export function Badge({ tone = "neutral", children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full border first-letter:uppercase px-2 text-[0.8125rem] leading-5 whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
