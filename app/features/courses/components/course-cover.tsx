import { type Cover, coverSize } from "../covers";
import { coverUrl } from "./cover-url";

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
