import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For a page that tells by itself what was not done, and is still true then: asked for again, it could fail like the action did,
 * and an error page would take its place. It takes every route of the page to say so, the root too.
 */
export const shouldRevalidateUnlessFailed: ShouldRevalidateFunction = ({
  actionStatus = 200,
  defaultShouldRevalidate,
}) => actionStatus < 400 && defaultShouldRevalidate;
