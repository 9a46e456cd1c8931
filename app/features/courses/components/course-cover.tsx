import type { Cover } from "~/db/enums";
import { coverSize } from "../cover-size";
import arcs from "./covers/arcs.svg";
import contours from "./covers/contours.svg";
import grid from "./covers/grid.svg";
import leaves from "./covers/leaves.svg";
import orbits from "./covers/orbits.svg";
import prism from "./covers/prism.svg";
import terraces from "./covers/terraces.svg";
import waves from "./covers/waves.svg";

interface CourseCoverProps {
  cover: Cover;
  isAboveFold?: boolean;
}

/** Decorative: the course title is always next to it. */
export function CourseCover({ cover, isAboveFold = false }: CourseCoverProps) {
  return (
    <img
      src={coverUrl(cover)}
      alt=""
      {...coverSize}
      loading={isAboveFold ? "eager" : "lazy"}
      // In lower case for React 18. Otherwise scripts would come first on a slow connection.
      {...(isAboveFold && { fetchpriority: "high" })}
      decoding="async"
      className="w-full rounded-md border border-line bg-surface"
    />
  );
}

const coverUrls: Record<Cover, string> = {
  arcs,
  contours,
  grid,
  leaves,
  orbits,
  prism,
  terraces,
  waves,
};

export const coverUrl = (cover: Cover): string => coverUrls[cover];
