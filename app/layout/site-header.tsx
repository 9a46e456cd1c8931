import { Link, NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import { canAccessAdminPages } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { Viewer } from "./root-data";
import { useAccountLinks } from "./use-account-links";

interface SiteHeaderProps {
  viewer: Viewer;
  userMenu: ReactNode;
}

export function SiteHeader({ viewer, userMenu }: SiteHeaderProps) {
  return (
    <header className="border-b border-line print:border-none">
      <div className="mx-auto flex min-h-[3.75rem] max-w-6xl flex-wrap items-center gap-x-8 gap-y-1.5 px-5 py-2.5 sm:px-8">
        <Brand />
        {viewer ? <SignedInNavigation {...viewer} userMenu={userMenu} /> : <SignInLink />}
      </div>
    </header>
  );
}

function Brand() {
  return (
    <Link to="/" className="mr-auto pt-1 font-serif text-[1.375rem] leading-snug tracking-tight">
      Courses Platform
    </Link>
  );
}

interface SignedInNavigationProps extends Pick<SiteHeaderProps, "userMenu"> {
  role: Role | null;
  isImpersonated: boolean;
}

function SignedInNavigation({ role, isImpersonated, userMenu }: SignedInNavigationProps) {
  return (
    <>
      <nav
        aria-label="Main"
        className="order-last flex w-full gap-x-6 text-[0.9375rem] sm:order-none sm:w-auto print:hidden"
      >
        {!isImpersonated && <AdminLink role={role} />}
        <SectionLink to="/courses" exact>
          My courses
        </SectionLink>
        <SectionLink to="/purchases">Purchase history</SectionLink>
      </nav>
      <div className="flex size-7 items-center print:hidden">{userMenu}</div>
    </>
  );
}

/** Only hides the link; the guard protects the pages. */
function AdminLink({ role }: { role: Role | null }) {
  return canAccessAdminPages({ role }) && <SectionLink to="/admin">Admin</SectionLink>;
}

function SignInLink() {
  const { signIn } = useAccountLinks();
  return (
    <nav aria-label="Main" className="print:hidden">
      <Link
        {...signIn}
        className="rounded-md border border-line px-4 py-1.5 text-[0.9375rem] font-medium transition-colors hover:border-ink"
      >
        Sign in
      </Link>
    </nav>
  );
}

interface SectionLinkProps {
  to: string;
  /** Whether pages below `to` do not make the link active. */
  exact?: boolean;
  children: ReactNode;
}

function SectionLink({ to, exact = false, children }: SectionLinkProps) {
  return (
    <NavLink
      to={to}
      end={exact}
      className={({ isActive }) =>
        `border-b py-1 transition-colors hover:text-ink ${
          isActive ? "border-accent text-ink" : "border-transparent text-muted"
        }`
      }
    >
      {children}
    </NavLink>
  );
}
