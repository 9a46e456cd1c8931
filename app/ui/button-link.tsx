import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

const variants = {
  primary: "border-accent bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border-line hover:border-ink",
};

interface ButtonLinkProps {
  to: string;
  variant?: keyof typeof variants;
  reloadDocument?: boolean;
  children: ReactNode;
}

export function ButtonLink({ variant = "primary", ...link }: ButtonLinkProps) {
  return (
    <Link
      {...link}
      className={`inline-block rounded-md border px-5 py-2.5 font-medium transition-colors ${variants[variant]}`}
    />
  );
}
