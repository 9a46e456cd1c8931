import type { Cover } from "~/db/enums";
import { coverSize } from "../covers";
import arcs from "./covers/arcs.svg";
import contours from "./covers/contours.svg";
import grid from "./covers/grid.svg";
import leaves from "./covers/leaves.svg";
import orbits from "./covers/orbits.svg";
import prism from "./covers/prism.svg";
import terraces from "./covers/terraces.svg";
import waves from "./covers/waves.svg";

/** The drawing of a course. It tells nothing that the title beside it does not. */
export function CourseCover({ cover, isFirst = false }: { cover: Cover; isFirst?: boolean }) {
  return (
    <img
      src={coverUrl(cover)}
      alt=""
      {...coverSize}
      loading={isFirst ? "eager" : "lazy"}
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

/** The address of a drawing, with a hash of it in its name: whoever has it never asks again. */
export const coverUrl = (cover: Cover): string => coverUrls[cover];
