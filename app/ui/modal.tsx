import { Link, useLocation, useNavigate } from "@remix-run/react";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { buttonClass } from "./button";

interface ModalProps {
  title: string;
  /** The URL of the page behind the dialog, opened on close. */
  back: string;
  /** Gets focus on close; after a document load, the browser cannot restore it by itself. */
  triggerId: string;
  children: ReactNode;
}

/** A dialog with its own URL. Without JavaScript it is part of the page, otherwise it is modal. */
export function Modal({ title, back, triggerId, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const id = useId();
  const { key } = useLocation();
  // A new location with the same URL opens a dialog again that is closing.
  useEffect(() => {
    if (!dialog.current || dialog.current.matches(":modal")) return;
    // Not `close()`, which would fire `onClose`.
    dialog.current.removeAttribute("open");
    dialog.current.showModal();
  }, [key]);
  const close = () => {
    navigate(back, { replace: true, preventScrollReset: true });
    document.getElementById(triggerId)?.focus();
  };
  return (
    <dialog
      ref={dialog}
      open
      aria-labelledby={id}
      onClose={close}
      className="m-auto w-full max-w-lg rounded-lg border border-line bg-surface p-6 text-ink backdrop:bg-backdrop max-sm:max-w-[calc(100vw-2rem)]"
    >
      <h2 id={id} className="text-2xl leading-tight">
        {title}
      </h2>
      {children}
    </dialog>
  );
}

export function CloseLink({ back, children }: { back: string; children: ReactNode }) {
  const close = (event: MouseEvent<HTMLAnchorElement>) => {
    const dialog = event.currentTarget.closest("dialog");
    if (!dialog) return;
    event.preventDefault();
    dialog.close();
  };
  return (
    <Link to={back} replace onClick={close} className={buttonClass("secondary")}>
      {children}
    </Link>
  );
}
