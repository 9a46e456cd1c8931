export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const name = "theme";

export const parseTheme = (value: string | undefined): Theme =>
  themes.find((theme) => theme === value) ?? "system";

export function readThemeCookie({ headers }: Request): Theme {
  const cookies = (headers.get("Cookie") ?? "").split(/;\s*/);
  const cookie = cookies.find((cookie) => cookie.startsWith(`${name}=`));
  return parseTheme(cookie?.slice(name.length + 1));
}

const oneYear = 31_536_000;

/** Not `HttpOnly`, because pages write it too. */
export const themeCookie = (theme: Theme): string =>
  `${name}=${theme}; Path=/; Max-Age=${theme === "system" ? 0 : oneYear}; SameSite=Lax`;
