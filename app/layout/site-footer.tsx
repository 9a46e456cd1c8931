import { useDocument } from "./document-context";
import { legalPages } from "./legal-links";
import { ThemeSwitch } from "./theme-switch";

const labels = { imprint: "Imprint", terms: "Terms", privacy: "Privacy", contact: "Contact" };

export function SiteFooter() {
  const { legalLinks } = useDocument();
  const pages = legalPages.filter((page) => legalLinks[page] !== undefined);
  return (
    <footer className="mt-auto border-t border-line text-sm text-muted print:hidden">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-8 gap-y-3 px-5 py-6 sm:px-8">
        {pages.length > 0 && (
          <nav aria-label="Legal">
            <ul className="flex flex-wrap gap-x-6 gap-y-1">
              {pages.map((page) => (
                <li key={page}>
                  <a
                    href={legalLinks[page]}
                    className="inline-block py-1 underline-offset-4 hover:underline"
                  >
                    {labels[page]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <ThemeSwitch />
      </div>
    </footer>
  );
}
