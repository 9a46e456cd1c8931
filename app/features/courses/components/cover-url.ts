import type { Cover } from "../covers";
import arcs from "./covers/arcs.svg";
import contours from "./covers/contours.svg";
import grid from "./covers/grid.svg";
import leaves from "./covers/leaves.svg";
import orbits from "./covers/orbits.svg";
import prism from "./covers/prism.svg";
import terraces from "./covers/terraces.svg";
import waves from "./covers/waves.svg";

const urls: Record<Cover, string> = {
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
export const coverUrl = (cover: Cover): string => urls[cover];
