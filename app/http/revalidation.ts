import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * Keeps the page after a failed action, since its loaders may fail too. Every matched route must
 * export this, including the root.
 */
export const shouldRevalidateUnlessFailed: ShouldRevalidateFunction = ({
  actionStatus = 200,
  defaultShouldRevalidate,
}) => actionStatus < 400 && defaultShouldRevalidate;
