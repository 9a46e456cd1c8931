import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

const looks = {
  primary: "border-accent bg-accent text-on-accent hover:bg-accent/90",
  secondary: "border-line hover:border-ink",
};

interface ButtonLinkProps {
  to: string;
  look?: keyof typeof looks;
  children: ReactNode;
}

export function ButtonLink({ to, look = "primary", children }: ButtonLinkProps) {
  return (
    <Link
      to={to}
      className={`inline-block rounded-md border px-5 py-2.5 font-medium transition-colors ${looks[look]}`}
    >
      {children}
    </Link>
  );
}
