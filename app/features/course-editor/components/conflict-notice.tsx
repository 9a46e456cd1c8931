import { Notice } from "~/ui/notice";

/** Tells that somebody else saved first, and where to see what. */
export function ConflictNotice({
  subject,
  current,
}: {
  subject: string;
  current: Record<string, string>;
}) {
  const count = Object.keys(current).length;
  return (
    <Notice tone="danger">
      <p className="font-medium">
        Somebody changed this {subject} meanwhile, so nothing was saved.
      </p>
      <p className="mt-1">
        {count === 0
          ? "What you typed is what stands there now, but for what is not on this page."
          : `All that you typed is still here. Where ${count === 1 ? "a field" : `${count} fields`} now ${count === 1 ? "says" : "say"} something else, that stands below what you typed.`}{" "}
        Save again to have it as you typed it.
      </p>
    </Notice>
  );
}
