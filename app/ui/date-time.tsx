const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const padTwo = (value: number) => `${value}`.padStart(2, "0");
const noBreak = "\u00a0";

/** In UTC, so that server and browsers render the same text. Breaks before the time. */
export function DateTime({ at, dateOnly = false }: { at: number; dateOnly?: boolean }) {
  const date = new Date(at);
  const day = [date.getUTCDate(), months[date.getUTCMonth()], date.getUTCFullYear()].join(noBreak);
  const time = `${padTwo(date.getUTCHours())}:${padTwo(date.getUTCMinutes())}${noBreak}UTC`;
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {dateOnly ? day : `${day}, ${time}`}
    </time>
  );
}
