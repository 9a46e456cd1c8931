import type { ClerkApp } from "@clerk/remix";

type Appearance = NonNullable<NonNullable<Parameters<typeof ClerkApp>[1]>["appearance"]>;

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
    colorInput: "var(--color-surface)",
    colorInputForeground: "var(--color-ink)",
    colorDanger: "var(--color-danger)",
    fontFamily: "var(--font-sans)",
    borderRadius: "0.375rem",
  },
  elements: {
    headerTitle: { fontFamily: "var(--font-serif)", fontSize: "1.625rem", fontWeight: 400 },
    formButtonPrimary: { backgroundImage: "none", boxShadow: "none" },
    cardBox: { boxShadow: "none", border: "1px solid var(--color-line)" },
  },
};
