import type { ComponentProps } from "react";

const looks = {
  primary: "border-accent bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border-line text-ink hover:border-ink",
  danger: "border-danger text-danger hover:bg-danger/10",
};

const sizes = { normal: "px-4 py-2 text-[0.9375rem]", large: "px-5 py-2.5" };

interface ButtonLook {
  look?: keyof typeof looks;
  /** Large is for the one thing that a page is there for. */
  size?: keyof typeof sizes;
}

export const buttonLook = (
  look: keyof typeof looks = "primary",
  size: keyof typeof sizes = "normal",
) =>
  `inline-block cursor-pointer rounded-md border font-medium transition-colors disabled:cursor-default disabled:opacity-60 ${sizes[size]} ${looks[look]}`;

/** A button of a form; while the form is on its way it says so and takes no second press. */
export function Button({
  look,
  size,
  busy = false,
  busyText,
  children,
  ...rest
}: ComponentProps<"button"> & ButtonLook & { busy?: boolean; busyText?: string }) {
  return (
    <button type="submit" {...rest} disabled={busy} className={buttonLook(look, size)}>
      {busy && busyText ? busyText : children}
    </button>
  );
}
