import { expect, test } from "vitest";
import { readThemeCookie, themeCookie, themes } from "../../app/http/theme.ts";

const read = (Cookie: string) =>
  readThemeCookie(new Request("http://localhost/", { headers: { Cookie } }));

test.each(themes)("the cookie of the theme %s is read again", (theme) => {
  const [pair] = themeCookie(theme).split(";");
  expect(read(`a=b; ${pair}; c=d`)).toBe(theme);
});

test.each(["", "theme=", "theme=blue", "theme=dark%20", "mytheme=dark", "theme", "=dark"])(
  "%j means the system's theme",
  (cookie) => {
    expect(read(cookie)).toBe("system");
  },
);
