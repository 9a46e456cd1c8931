import type { ClerkApp } from "@clerk/remix";

type Appearance = NonNullable<NonNullable<Parameters<typeof ClerkApp>[1]>["appearance"]>;

const headingStyle = {
  fontFamily: "var(--font-serif)",
  fontWeight: 400,
  letterSpacing: "-0.015em",
};
const hairline = { boxShadow: "none", border: "1px solid var(--color-line)" };
/** Clerk draws the edge of a field as a faint shadow; ours can be seen. `&&&` outweighs Clerk's own selectors. */
const field = {
  "&&&": { boxShadow: "0 0 0 1px var(--color-field)" },
  "&&&:hover": { boxShadow: "0 0 0 1px var(--color-muted)" },
  "&&&:focus-within, &&&[data-focus-within='true']": {
    boxShadow: "0 0 0 2px var(--color-accent)",
  },
  "&&&[data-feedback='error']": { boxShadow: "0 0 0 1.5px var(--color-danger)" },
};
/** Where the keyboard is: as on the rest of the site. */
const focusRing = {
  "&&&:focus-visible": { outline: "2px solid var(--color-accent)", outlineOffset: "3px" },
};
const flat = { boxShadow: "none !important", "&::before, &::after": { display: "none" } };

/** Clerk's components in the site's own tokens: light and dark follow by themselves (app/styles/app.css). */
export const appearance: Appearance = {
  variables: {
    colorPrimary: "var(--color-accent)",
    colorPrimaryForeground: "var(--color-on-accent)",
    colorBackground: "var(--color-surface)",
    colorForeground: "var(--color-ink)",
    colorMutedForeground: "var(--color-muted)",
    colorMuted: "var(--color-paper)",
    colorNeutral: "var(--color-ink)",
    colorBorder: "var(--color-ink)",
    colorRing: "var(--color-accent)",
    colorInput: "var(--color-surface)",
    colorInputForeground: "var(--color-ink)",
    colorDanger: "var(--color-danger)",
    colorSuccess: "var(--color-success)",
    fontFamily: "var(--font-sans)",
    fontSize: "0.9375rem",
    borderRadius: "0.375rem",
  },
  elements: {
    cardBox: hairline,
    card: { boxShadow: "none", border: "none" },
    headerTitle: { ...headingStyle, fontSize: "1.625rem", lineHeight: 1.2 },
    formHeaderTitle: { ...headingStyle, fontSize: "1.25rem" },
    formFieldInput: { ...field, minHeight: "2.5rem" },
    otpCodeFieldInput: field,
    formButtonPrimary: { ...flat, ...focusRing, minHeight: "2.5rem", fontWeight: 500 },
    buttonArrowIcon: { display: "none" },
    userButtonPopoverCard: { ...hairline, boxShadow: "0 12px 32px -12px rgb(0 0 0 / 0.25)" },
    userButtonPopoverMain: { boxShadow: "none" },
    navbarButton: focusRing,
    navbar: { "& h1": { ...headingStyle, fontSize: "1.5rem" } },
    navbarMobileMenuRow: { "& h1, & p, & button": { ...headingStyle, fontSize: "1.25rem" } },
    actionCard: hairline,
    menuList: hairline,
  },
};

/** The profile as a page of its own: as wide as the page and as long as it needs to be, with no window inside the window. */
export const pageAppearance: Appearance = {
  elements: {
    rootBox: { width: "100%" },
    cardBox: { ...hairline, width: "100%", maxWidth: "none", height: "auto", minHeight: "40rem" },
    scrollBox: { overflow: "visible", boxShadow: "none" },
    pageScrollBox: { overflow: "visible" },
  },
};
