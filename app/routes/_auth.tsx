import { Outlet } from "@remix-run/react";

export const handle = { access: "public", usesClerk: true };

/** Reserves space for Clerk's form to prevent layout shift. */
export default function AuthLayout() {
  return (
    <div className="mx-auto grid max-w-6xl gap-x-16 gap-y-8 px-5 py-10 sm:px-8 sm:py-20 md:grid-cols-[1fr_auto]">
      <div className="hidden self-start md:block">
        <p className="max-w-[12ch] font-serif text-title leading-[1.05] tracking-tight">
          Pick up where you left off.
        </p>
        <p className="mt-5 max-w-[38ch] text-muted">
          One account for your courses, progress and receipts on every device.
        </p>
      </div>
      <div className="min-h-[34rem] w-full max-w-[25rem] justify-self-center">
        <Outlet />
      </div>
    </div>
  );
}
