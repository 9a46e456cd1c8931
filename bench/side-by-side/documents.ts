import { row, table, whole } from "../markdown-table.ts";
import { programOf } from "./programs.ts";
import { prepareRequests } from "./requests.ts";
import type { SiteOf } from "./rounds.ts";
import type { Lane, Scenario } from "./scenarios.ts";
import type { BenchContext, Site } from "./sites.ts";

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
 * Measures each program's documents.
 * @throws unless those of a path have the same elements and equally long markup.
 */
export async function measureDocuments(
  scenarios: readonly Scenario[],
  siteOf: SiteOf,
  benchContext: BenchContext,
): Promise<DocumentSize[]> {
  const lanes = scenarios
    .flatMap((scenario) => scenario.lanes)
    .filter(({ as, status }) => as === "document" && status === 200);
  const sizes: DocumentSize[] = [];
  for (const [path, samePath] of Map.groupBy(lanes, (lane) => lane.path)) {
    let first: string | undefined;
    for (const [program, [lane]] of Map.groupBy(samePath, (lane) => lane.program)) {
      if (!lane) continue;
      const label = `\`${path}\`: ${programOf(program).label}`;
      const html = await fetchDocument(lane, siteOf(lane), benchContext);
      const markup = markupOf(html);
      first ??= markup;
      expectSameMarkup(label, markup, first);
      sizes.push({ label, ...sizeOf(html, markup) });
    }
  }
  return sizes;
}

async function fetchDocument(lane: Lane, site: Site, benchContext: BenchContext): Promise<string> {
  const [request] = await prepareRequests(lane, site, benchContext, 1);
  const response = await fetch(site.origin + lane.path, { headers: request?.headers ?? {} });
  return response.text();
}

function sizeOf(html: string, { length: markup }: string): Omit<DocumentSize, "label"> {
  const [loaderData = ""] = /<script[^>]*>[^<]*streamController\.enqueue[\s\S]*/.exec(html) ?? [];
  const scripts = html.length - markup - loaderData.length;
  return { markup, scripts, loaderData: loaderData.length };
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
