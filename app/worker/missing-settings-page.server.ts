import { setupInstructions } from "~/env.server";

/** Shown to a developer whose worker has no settings. Values are HTML. */
export const missingSettingsPage = {
  title: "This site is not configured yet",
  text: setupInstructions.map(withCode).join("<br>"),
  note: "The settings are listed in README.md.",
};

function withCode(text: string): string {
  return text.replace(/`([^`]+)`/g, "<code>$1</code>");
}
