import { useRef, useState } from "react";
import * as z from "zod";

export type Preview =
  | { state: "none" }
  | { state: "loading" }
  | { state: "shown"; html: string }
  | { state: "rejected"; problem: string }
  | { state: "failed" };

const answerSchema = z.lazy(() =>
  z.union([
    z.object({ html: z.string() }).transform(({ html }) => ({ state: "shown" as const, html })),
    z
      .object({ problem: z.string() })
      .transform(({ problem }) => ({ state: "rejected" as const, problem })),
  ]),
);

/**
 * Asks the worker how a text in Markdown looks. Not by a fetcher: what that is refused takes the place of the whole page, and
 * with it of all that was typed.
 */
export function useMarkdownPreview(): [Preview, (text: string) => Promise<void>] {
  const [preview, setPreview] = useState<Preview>({ state: "none" });
  const latest = useRef(0);
  const requestPreview = async (text: string) => {
    const requestId = ++latest.current;
    setPreview({ state: "loading" });
    const answer = await render(text);
    if (requestId === latest.current) setPreview(answer);
  };
  return [preview, requestPreview];
}

async function render(text: string): Promise<Preview> {
  try {
    const body = new URLSearchParams({ text });
    const response = await fetch("/admin/markdown-preview", { method: "POST", body });
    if (!response.ok) return { state: "failed" };
    return answerSchema.parse(await response.json());
  } catch {
    return { state: "failed" };
  }
}
