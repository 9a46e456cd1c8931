import type { ComponentProps } from "react";

const looks = {
  primary: "border-accent bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border-line text-ink hover:border-ink",
  danger: "border-danger text-danger hover:bg-danger/10",
};

export const buttonLook = (look: keyof typeof looks) =>
  `inline-block cursor-pointer rounded-md border px-4 py-2 text-[0.9375rem] font-medium transition-colors disabled:cursor-default disabled:opacity-60 ${looks[look]}`;

/** A button of a form; while the form is on its way it says so and takes no second press. */
export function Button({
  look = "primary",
  busy = false,
  busyText,
  children,
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof looks; busy?: boolean; busyText?: string }) {
  return (
    <button type="submit" {...rest} disabled={busy} className={buttonLook(look)}>
      {busy && busyText ? busyText : children}
    </button>
  );
}
