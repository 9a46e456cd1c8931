const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const padTwo = (value: number) => `${value}`.padStart(2, "0");

/** Always UTC, so that the server and every browser render the same text. */
export function DateTime({ at, dateOnly = false }: { at: number; dateOnly?: boolean }) {
  const date = new Date(at);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const time = `${padTwo(date.getUTCHours())}:${padTwo(date.getUTCMinutes())} UTC`;
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()} className="whitespace-nowrap">
      {dateOnly ? day : `${day}, ${time}`}
    </time>
  );
}
