import { isRouteErrorResponse } from "@remix-run/react";

interface Explanation {
  title: string;
  text: string;
}

const explanations: Record<number, Explanation> = {
  400: {
    title: "We did not understand this form",
    text: "The page it came from may be out of date. Open it again, and send the form from there.",
  },
  403: {
    title: "This page is not open to you",
    text: "Your account may not see it. If you think it should, ask an administrator.",
  },
  404: {
    title: "Page not found",
    text: "The address may be mistyped, or the page may have moved.",
  },
  405: {
    title: "This address is not a page",
    text: "It answers programs, not browsers.",
  },
  408: {
    title: "This form did not reach us whole",
    text: "Your connection may be slow or gone, and nothing was saved. Open the page again, and send the form from there.",
  },
  410: {
    title: "This account was deleted",
    text: "Its session ends within a minute. You can create a new account at any time.",
  },
  503: {
    title: "We cannot reach our records right now",
    text: "Nothing is lost. Please try again in a moment.",
  },
};

const unexpected: Explanation = {
  title: "Something went wrong on our side",
  text: "We have noted it. Please try again in a moment.",
};

/** What a person reads when a page cannot be shown. Uses plain links only, so it works without Clerk, D1 or the router. */
export function ErrorPage({ error }: { error: unknown }) {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const { title, text } = explanations[status] ?? unexpected;
  return (
    <>
      <header className="border-b border-line">
        <div className="mx-auto flex min-h-[3.75rem] max-w-6xl items-center px-5 sm:px-8">
          <a href="/" className="pt-1 font-serif text-[1.375rem] leading-snug tracking-tight">
            Courses Platform
          </a>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-6xl px-5 py-16 outline-none sm:px-8 sm:py-28"
      >
        <p className="text-muted">Error {status}</p>
        <h1 className="mt-3 max-w-[18ch] text-title leading-[1.1]">{title}</h1>
        <p className="mt-4 max-w-[60ch] text-lg text-muted">{text}</p>
        <p className="mt-8">
          <a href="/" className="font-medium text-accent underline underline-offset-4">
            Go to the course catalog
          </a>
        </p>
      </main>
    </>
  );
}
