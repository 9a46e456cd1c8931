import { row, table, whole } from "../markdown-table.ts";
import { prepareRequests } from "./requests.ts";
import type { SiteOf } from "./rounds.ts";
import type { Scenario } from "./scenarios.ts";
import type { BenchContext } from "./sites.ts";
import { labelOf } from "./summary.ts";

/** A document in bytes. */
export interface DocumentSize {
  label: string;
  markup: number;
  /** Names of scripts: preloads, and what the browser knows of the routes. */
  scripts: number;
  loaderData: number;
}

const maxDifference = 0.05;

/**
 * Measures all documents.
 * @throws unless those of a scenario have the same elements and equally long markup.
 */
export async function measureDocuments(
  scenarios: readonly Scenario[],
  siteOf: SiteOf,
  benchContext: BenchContext,
): Promise<DocumentSize[]> {
  const sizes: DocumentSize[] = [];
  for (const { title, lanes } of scenarios) {
    const documents = lanes.filter(({ as, status }) => as === "document" && status === 200);
    let first: string | undefined;
    for (const lane of documents) {
      const label = `${title}: ${labelOf(lane)}`;
      const { origin } = siteOf(lane);
      const [request] = await prepareRequests(lane, siteOf(lane), benchContext, 1);
      const response = await fetch(origin + lane.path, { headers: request?.headers ?? {} });
      const html = await response.text();
      const markup = markupOf(html);
      first ??= markup;
      expectSameMarkup(label, markup, first);
      const [loaderData = ""] =
        /<script[^>]*>[^<]*streamController\.enqueue[\s\S]*/.exec(html) ?? [];
      const scripts = html.length - markup.length - loaderData.length;
      sizes.push({ label, markup: markup.length, scripts, loaderData: loaderData.length });
    }
  }
  return sizes;
}

/** Without scripts, their preloads, and what `<html>` says of the viewer. */
const markupOf = (html: string): string =>
  html
    .replace(/<script[\s\S]*?<\/script>|<!--[^>]*-->/g, "")
    .replace(/<link rel="(?:modulepreload|preload" as="script)"[^>]*>/g, "")
    .replace(/<html[^>]*>/, "<html>");

function expectSameMarkup(label: string, markup: string, expected: string): void {
  const [actual, wanted] = [elementsOf(markup), elementsOf(expected)];
  if (actual !== wanted || wanted === "") {
    throw new Error(`${label} shows a different page:\n${actual}\ninstead of\n${wanted}`);
  }
  if (Math.abs(markup.length / expected.length - 1) > maxDifference) {
    throw new Error(`${label} has ${markup.length} bytes of markup, not ${expected.length}`);
  }
}

const elementsOf = (markup: string): string =>
  [...markup.matchAll(/<(\w+)/g)].map(([, name]) => name).join(" ");

export const documentsTable = (sizes: readonly DocumentSize[]) =>
  table(
    ["bytes", "markup", "names of scripts", "loader data", "document"],
    sizes.map(({ label, markup, scripts, loaderData }) =>
      row(label, ...[markup, scripts, loaderData, markup + scripts + loaderData].map(whole)),
    ),
  );
