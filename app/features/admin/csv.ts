/**
 * Positions where a spreadsheet may detect a formula: the start of a cell, and after any character
 * at which it may split a cell (https://owasp.org/www-community/attacks/CSV_Injection). Quotes may
 * precede the formula: a program that splits a cell can take them for the quotes of the new cell.
 */
const formulaStart =
  /(^|[;\t\n\v\f\r\u0085\u2028\u2029])(?=(?:[^\S\t\n\v\f\r\u2028\u2029]|")*[=+\-@\uff0b\uff0d\uff1d\uff20])|^(?=[\t\r\n])/g;

/** Formats one RFC 4180 line; formulas are escaped so that spreadsheets do not run them. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | null): string {
  const escaped = (value ?? "").replace(formulaStart, "$1'");
  return `"${escaped.replaceAll('"', '""')}"`;
}
