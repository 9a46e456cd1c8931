import { isRouteErrorResponse } from "@remix-run/react";
import { isKeptForm } from "~/http/kept-form";
import { useViewer } from "./document-context";
import { KeptForm } from "./kept-form";
import { ErrorPageHeader } from "./site-header";

interface Explanation {
  title: string;
  text: string;
}

const explanations: Record<number, Explanation> = {
  400: {
    title: "We couldn’t read this form",
    text: "The page may be out of date. Reload it and submit the form again.",
  },
  401: {
    title: "Sign in to save this",
    text: "Your session has expired, so nothing was saved. What you typed is kept on this page: sign in, come back here and send it again.",
  },
  403: {
    title: "You don’t have access to this page",
    text: "If you think you should have access, contact an administrator.",
  },
  404: {
    title: "Page not found",
    text: "The URL may be mistyped, or the page may have moved.",
  },
  405: {
    title: "This URL is not a page",
    text: "It is meant for programs, not for browsers.",
  },
  408: {
    title: "Your form did not arrive completely",
    text: "Your connection may be slow or interrupted. Nothing was saved. Reload the page and submit the form again.",
  },
  410: {
    title: "This account was deleted",
    text: "Your session ends within a minute. You can create a new account at any time.",
  },
  413: {
    title: "This form is too long",
    text: "Nothing was saved. Go back, shorten the text and submit the form again.",
  },
  429: {
    title: "Too many requests",
    text: "That was too many requests in a short time. Wait a minute, then try again.",
  },
  503: {
    title: "This service is temporarily unavailable",
    text: "Your data is safe. Please try again in a moment.",
  },
};

/** More specific than the status. */
const explanationsOfReasons: Record<string, Explanation> = {
  "account-banned": {
    title: "This account is banned",
    text: "You can no longer use it on this site. If you think that this is a mistake, contact an administrator.",
  },
  impersonation: {
    title: "Not while you are signed in as another user",
    text: "Admin pages, orders, refunds and role changes are for the user’s own sign-in only. Nothing was changed. Sign out, and sign in with your own account.",
  },
};

const unexpected: Explanation = {
  title: "Something went wrong",
  text: "The error was logged. Please try again in a moment.",
};

function explain(error: unknown): Explanation {
  if (!isRouteErrorResponse(error)) return unexpected;
  const { data, status } = error;
  const hasReason = typeof data === "object" && data !== null && "reason" in data;
  const specific = hasReason ? explanationsOfReasons[`${data.reason}`] : undefined;
  return specific ?? explanations[status] ?? unexpected;
}

export const errorTitle = (error: unknown) => explain(error).title;

/** Needs no loader data, no Clerk and no D1; its links load a new document. */
export function ErrorPage({ error }: { error: unknown }) {
  const response = isRouteErrorResponse(error) ? error : null;
  const { title, text } = explain(error);
  return (
    <>
      <ErrorPageHeader viewer={useViewer()} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-5 py-16 outline-none sm:px-8 sm:py-28"
      >
        <p className="text-muted">Error {response?.status ?? 500}</p>
        <h1 className="mt-3 max-w-[18ch] text-title leading-[1.1]">{title}</h1>
        <p className="mt-4 max-w-[60ch] text-lg text-muted">{text}</p>
        {isKeptForm(response?.data) && <KeptForm form={response.data} />}
        <p className="mt-8">
          <a href="/" className="font-medium text-accent underline underline-offset-4">
            Go to the course catalog
          </a>
        </p>
      </main>
    </>
  );
}
