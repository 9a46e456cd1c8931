import { Notice } from "~/ui/notice";

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
        Someone else changed this {subject}, so your changes were not saved.
      </p>
      <p className="mt-1">
        {count === 0
          ? "Your text is kept below; fields from other pages are unchanged."
          : `Your text is kept below. ${count === 1 ? "One field has" : `${count} fields have`} a newer value, shown under yours.`}{" "}
        Save again to overwrite it with yours.
      </p>
    </Notice>
  );
}
