import { useRef, useState } from "react";
import * as z from "zod";
import { useRefreshSession } from "~/clerk/use-refresh-session";

export type Preview =
  | { state: "none" }
  | { state: "loading" }
  | { state: "shown"; html: string }
  | { state: "rejected"; problem: string }
  | { state: "failed" };

const responseSchema = z.lazy(() =>
  z.union([
    z.object({ html: z.string() }).transform(({ html }) => ({ state: "shown" as const, html })),
    z
      .object({ problem: z.string() })
      .transform(({ problem }) => ({ state: "rejected" as const, problem })),
  ]),
);

/** Not a fetcher: if it failed, an error page would replace the page and lose the text. */
export function useMarkdownPreview(): [Preview, (text: string) => Promise<void>] {
  const [preview, setPreview] = useState<Preview>({ state: "none" });
  const latestRequestId = useRef(0);
  const refreshSession = useRefreshSession();
  const requestPreview = async (text: string) => {
    const requestId = ++latestRequestId.current;
    setPreview({ state: "loading" });
    await refreshSession();
    const result = await render(text);
    if (requestId === latestRequestId.current) setPreview(result);
  };
  return [preview, requestPreview];
}

async function render(text: string): Promise<Preview> {
  try {
    const body = new URLSearchParams({ text });
    const response = await fetch("/admin/markdown-preview", { method: "POST", body });
    if (!response.ok) return { state: "failed" };
    return responseSchema.parse(await response.json());
  } catch {
    return { state: "failed" };
  }
}
