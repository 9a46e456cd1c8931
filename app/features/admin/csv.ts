/**
 * Where a spreadsheet could find the beginning of a formula: at the start of a cell, and after each character at which it may
 * split one (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const formula =
  /(^|[;\t\n\v\f\r\u0085\u2028\u2029])(?=[^\S\t\n\v\f\r\u2028\u2029]*[=+\-@\uff0b\uff0d\uff1d\uff20])|^(?=[\t\r\n])/g;

/** One line of RFC 4180; every cell is quoted, and a spreadsheet runs none of them. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | null): string {
  const inert = (value ?? "").replace(formula, "$1'");
  return `"${inert.replaceAll('"', '""')}"`;
}
