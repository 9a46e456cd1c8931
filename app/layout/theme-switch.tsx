import { useLocation } from "@remix-run/react";
import type { MouseEvent } from "react";
import { type Theme, themeCookie, themes } from "~/http/theme";
import { useDocument } from "./document-context";

const labels = { system: "System", light: "Light", dark: "Dark" };
const path = "/theme";

/** Without JavaScript, the form returns to the page; otherwise the page just changes its colors. */
export function ThemeSwitch() {
  const { theme, setTheme } = useDocument();
  const { pathname, search } = useLocation();
  const choose = (event: MouseEvent, chosen: Theme) => {
    event.preventDefault();
    setTheme(chosen);
    saveTheme(chosen);
  };
  return (
    <form method="post" action={path} className="sm:-mr-2.5 sm:ml-auto">
      <input type="hidden" name="returnTo" value={pathname + search} />
      <fieldset className="flex items-center gap-x-1">
        <legend className="float-left mr-2">Theme</legend>
        {themes.map((option) => (
          <button
            key={option}
            type="submit"
            name="theme"
            value={option}
            aria-pressed={option === theme}
            onClick={(event) => choose(event, option)}
            className="cursor-pointer rounded-md border border-transparent px-2.5 py-1 transition-colors hover:text-ink aria-pressed:border-line aria-pressed:bg-surface aria-pressed:text-ink"
          >
            {labels[option]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** The page sets the cookie at once; WebKit keeps it for a week unless the server sets it, too. */
function saveTheme(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: `cookieStore` would set it too late
  document.cookie = themeCookie(theme);
  const body = new URLSearchParams({ theme, returnTo: "/" });
  fetch(path, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
}
