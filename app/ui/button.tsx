import type { ComponentProps } from "react";

const variants = {
  primary: "border-accent bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border-line text-ink hover:border-ink",
  danger: "border-danger text-danger hover:bg-danger/10",
};

const sizes = { normal: "px-4 py-2 text-[0.9375rem]", large: "px-5 py-2.5" };

interface ButtonStyle {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
}

export const buttonClass = (
  variant: keyof typeof variants = "primary",
  size: keyof typeof sizes = "normal",
) =>
  `inline-block cursor-pointer rounded-md border font-medium transition-colors disabled:cursor-default disabled:opacity-60 in-aria-busy:cursor-progress in-aria-busy:opacity-60 ${sizes[size]} ${variants[variant]}`;

/** A submit button that is disabled and shows `busyText` while `busy`. */
export function Button({
  variant,
  size,
  busy = false,
  busyText,
  children,
  ...rest
}: ComponentProps<"button"> & ButtonStyle & { busy?: boolean; busyText?: string }) {
  return (
    <button type="submit" {...rest} disabled={busy} className={buttonClass(variant, size)}>
      {busy && busyText ? busyText : children}
    </button>
  );
}
