import { Scripts } from "@remix-run/react";
import { Children, cloneElement, isValidElement, type ReactNode } from "react";

/** Remix's scripts. Their preloads must not slow down the style sheet, which the page waits for. */
export function PageScripts({ nonce }: { nonce: string | undefined }) {
  return withLowPriority(Scripts({ nonce }));
}

interface Preload {
  children?: ReactNode;
  /** In lower case for React 18. */
  fetchpriority?: "low";
}

function withLowPriority(node: ReactNode): ReactNode {
  if (!isValidElement<Preload>(node)) return node;
  if (node.type === "link") return cloneElement(node, { fetchpriority: "low" });
  return node.props.children
    ? cloneElement(node, {}, Children.map(node.props.children, withLowPriority))
    : node;
}
