import { Link, NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import { useAccountLinks, type Viewer } from "./root-data";

interface SiteHeaderProps {
  viewer: Viewer;
  userMenu: ReactNode;
}

export function SiteHeader({ viewer, userMenu }: SiteHeaderProps) {
  return (
    <HeaderFrame>
      {viewer ? (
        <>
          <SectionLinks viewer={viewer} />
          <div className="flex size-7 items-center print:hidden">{userMenu}</div>
        </>
      ) : (
        <SignInLink />
      )}
    </HeaderFrame>
  );
}

/** Links load a new document, because an error page has none of Clerk's components. */
export function ErrorPageHeader({ viewer }: { viewer: Viewer }) {
  return (
    <HeaderFrame reloadDocument>
      {viewer && <SectionLinks viewer={viewer} reloadDocument />}
    </HeaderFrame>
  );
}

interface HeaderFrameProps {
  reloadDocument?: boolean;
  children: ReactNode;
}

function HeaderFrame({ reloadDocument = false, children }: HeaderFrameProps) {
  return (
    <header className="border-b border-line print:border-none">
      <div className="mx-auto flex min-h-[3.75rem] max-w-6xl flex-wrap items-center gap-x-8 gap-y-1.5 px-5 py-2.5 sm:px-8">
        <Link
          to="/"
          discover="none"
          reloadDocument={reloadDocument}
          className="mr-auto pt-1 font-serif text-[1.375rem] leading-snug tracking-tight"
        >
          Courses Platform
        </Link>
        {children}
      </div>
    </header>
  );
}

interface SectionLinksProps {
  viewer: NonNullable<Viewer>;
  /** Then the account is one of the links, in place of the user menu. */
  reloadDocument?: boolean;
}

/** Hiding the admin link protects nothing; the guard protects the pages. */
function SectionLinks({ viewer, reloadDocument = false }: SectionLinksProps) {
  const link = (to: string, text: string, exact = false) => (
    <SectionLink to={to} exact={exact} reloadDocument={reloadDocument}>
      {text}
    </SectionLink>
  );
  return (
    <nav
      aria-label="Main"
      className="order-last flex w-full flex-wrap gap-x-6 gap-y-0.5 text-[0.9375rem] md:order-none md:w-auto print:hidden"
    >
      {viewer.isAdmin && !viewer.isImpersonated && link("/admin", "Admin")}
      {link("/dashboard", "Dashboard")}
      {link("/courses", "My courses", true)}
      {link("/purchases", "Purchase history")}
      {reloadDocument && link("/account", "Account")}
    </nav>
  );
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
  exact: boolean;
  reloadDocument: boolean;
  children: ReactNode;
}

function SectionLink({ exact, ...link }: SectionLinkProps) {
  return (
    <NavLink
      {...link}
      end={exact}
      className={({ isActive }) =>
        `border-b py-1 transition-colors hover:text-ink ${
          isActive ? "border-accent text-ink" : "border-transparent text-muted"
        }`
      }
    />
  );
}
