import { useEffect, useRef } from "react";
import { slugify } from "../slug";

interface Options {
  titleId: string;
  slugId: string;
  isEnabled: boolean;
}

/** Returns a function that derives the slug from the title, until the user edits the slug. */
export function useSlugFromTitle({ titleId, slugId, isEnabled }: Options): () => void {
  const generated = useRef("");
  const updateSlug = () => {
    const title = document.getElementById(titleId);
    const slug = document.getElementById(slugId);
    if (!isEnabled || !isInput(title) || !isInput(slug)) return;
    if (slug.value !== generated.current) return;
    generated.current = slugify(title.value);
    slug.value = generated.current;
  };
  // For a title typed before hydration.
  useEffect(updateSlug, []);
  return updateSlug;
}

const isInput = (element: HTMLElement | null) => element instanceof HTMLInputElement;
