import { useHydrated } from "~/ui/hydration";
import { useDocument } from "./document-context";

/**
 * Files that ClerkJS asks for only when it shows its UI. The first one, the largest, keeps a slow
 * connection busy while this page's own scripts start; more would delay these scripts.
 */
export function ClerkScriptPreloads() {
  const { prefetched } = useDocument();
  const isHydrated = useHydrated();
  return (isHydrated ? prefetched : prefetched.slice(0, 1)).map((href) => (
    <link key={href} rel="preload" as="script" href={href} {...lowPriority} />
  ));
}

/** In lower case for React 18. */
const lowPriority = { fetchpriority: "low" };
