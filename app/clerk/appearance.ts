import type { ClerkProviderProps } from "@clerk/clerk-react";

type Appearance = NonNullable<ClerkProviderProps["appearance"]>;

const headingStyle = {
  fontFamily: "var(--font-serif)",
  fontWeight: 400,
  letterSpacing: "-0.015em",
};
const hairline = { boxShadow: "none", border: "1px solid var(--color-line)" };
/** Clerk's field borders are too faint. `&&&` outranks Clerk's selectors. */
const field = {
  "&&&": { boxShadow: "0 0 0 1px var(--color-field)" },
  "&&&:hover": { boxShadow: "0 0 0 1px var(--color-muted)" },
  "&&&:focus-within, &&&[data-focus-within='true']": {
    boxShadow: "0 0 0 2px var(--color-accent)",
  },
  "&&&[data-feedback='error']": { boxShadow: "0 0 0 1.5px var(--color-danger)" },
};
const focusRing = {
  "&&&:focus-visible": { outline: "2px solid var(--color-accent)", outlineOffset: "3px" },
};
const flat = { boxShadow: "none !important", "&::before, &::after": { display: "none" } };

/** Uses the site's color tokens, which also cover dark mode. */
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
  /** A page: full width, without its own scroll box. */
  userProfile: {
    elements: {
      rootBox: { width: "100%" },
      cardBox: { ...hairline, width: "100%", maxWidth: "none", height: "auto", minHeight: "40rem" },
      scrollBox: { overflow: "visible", boxShadow: "none" },
      pageScrollBox: { overflow: "visible" },
    },
  },
};
