import { getTextareaProps } from "@conform-to/react";
import * as Tabs from "@radix-ui/react-tabs";
import { useRef, useState } from "react";
import { inputClass } from "~/ui/filter-fields";
import {
  describedBy,
  FieldHint,
  FieldMessages,
  type FormField,
  labelClass,
  Optional,
} from "~/ui/form-fields";
import { Markdown } from "~/ui/markdown";
import { useHydrated } from "~/ui/use-hydrated";
import { type Preview, useMarkdownPreview } from "./use-markdown-preview";

interface MarkdownFieldProps {
  field: FormField;
  label: string;
  rows: number;
  current?: string | undefined;
}

const hint = "Markdown: **bold**, _italic_, # headings, - lists, [links](https://…), tables, code.";

/** A text in Markdown and, where scripts run, how it will look. */
export function MarkdownField({ field, label, rows, current }: MarkdownFieldProps) {
  const [tab, setTab] = useState("write");
  const [preview, requestPreview] = useMarkdownPreview();
  const textarea = useRef<HTMLTextAreaElement>(null);
  const show = (chosen: string) => {
    setTab(chosen);
    if (chosen === "preview") requestPreview(textarea.current?.value ?? "");
  };
  // Anything wrong with the text is told, and mended, where it is written.
  const shown = field.errors ? "write" : tab;
  return (
    <Tabs.Root value={shown} onValueChange={show} className="grid grid-cols-1 gap-1.5">
      <div className="flex flex-wrap items-end justify-between gap-x-4">
        <label htmlFor={field.id} className={labelClass}>
          {label}
          <Optional />
        </label>
        <TabList shown={shown} />
      </div>
      <FieldHint field={field} hint={hint} />
      <Tabs.Content value="write" forceMount tabIndex={-1} className="data-[state=inactive]:hidden">
        <textarea
          {...getTextareaProps(field, describedBy({ field, hint, current }))}
          ref={textarea}
          rows={rows}
          className={`${inputClass} block font-mono text-sm leading-relaxed aria-invalid:border-danger`}
        />
      </Tabs.Content>
      <Tabs.Content value="preview" className="min-h-40 rounded-md border border-line p-5">
        <PreviewPanel preview={preview} />
      </Tabs.Content>
      <FieldMessages field={field} current={current} />
    </Tabs.Root>
  );
}

/** Keeps its room while it can do nothing yet. Of the two, Tab leads to the one that is shown; arrows lead to the other. */
function TabList({ shown }: { shown: string }) {
  const isHydrated = useHydrated();
  return (
    <Tabs.List
      tabIndex={-1}
      aria-label="Write or preview"
      className={`flex gap-x-4 text-sm ${isHydrated ? "" : "invisible"}`}
    >
      <TabTrigger value="write" shown={shown}>
        Write
      </TabTrigger>
      <TabTrigger value="preview" shown={shown}>
        Preview
      </TabTrigger>
    </Tabs.List>
  );
}

interface TabTriggerProps {
  value: string;
  shown: string;
  children: string;
}

function TabTrigger({ value, shown, children }: TabTriggerProps) {
  return (
    <Tabs.Trigger
      value={value}
      tabIndex={value === shown ? 0 : -1}
      className="cursor-pointer border-b border-transparent py-1 text-muted transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  );
}

function PreviewPanel({ preview }: { preview: Preview }) {
  return (
    <div aria-live="polite" aria-busy={preview.state === "loading"}>
      {preview.state === "loading" && <p className="text-muted">One moment…</p>}
      {preview.state === "failed" && (
        <p className="text-danger">
          The preview did not come. What you wrote is still there; try again in a moment.
        </p>
      )}
      {preview.state === "rejected" && <p className="text-danger">{preview.problem}</p>}
      {preview.state === "shown" &&
        (preview.html === "" ? (
          <p className="text-muted">There is nothing to show yet.</p>
        ) : (
          <Markdown text={preview} />
        ))}
    </div>
  );
}
