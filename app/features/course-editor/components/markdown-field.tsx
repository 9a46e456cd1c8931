import { getTextareaProps } from "@conform-to/react";
import * as Tabs from "@radix-ui/react-tabs";
import { useRef, useState } from "react";
import { inputClass, labelClass } from "~/ui/field-classes";
import { describedBy, FieldHint, FieldMessages, type FormField, Optional } from "~/ui/form-fields";
import { useHydrated } from "~/ui/hydration";
import { Markdown } from "~/ui/markdown";
import { useFocusIfInvalid } from "~/ui/validated-form";
import { type Preview, useMarkdownPreview } from "./use-markdown-preview";

interface MarkdownFieldProps {
  field: FormField;
  label: string;
  rows: number;
  current?: string | undefined;
}

const hint = "Markdown: **bold**, _italic_, # headings, - lists, [links](https://…), tables, code.";

export function MarkdownField({ field, label, rows, current }: MarkdownFieldProps) {
  const [tab, setTab] = useState("write");
  const [preview, requestPreview] = useMarkdownPreview();
  const textarea = useRef<HTMLTextAreaElement>(null);
  const selectTab = (chosen: string) => {
    setTab(chosen);
    if (chosen === "preview") requestPreview(textarea.current?.value ?? "");
  };
  // Errors are shown with the textarea.
  const activeTab = field.errors ? "write" : tab;
  return (
    <Tabs.Root value={activeTab} onValueChange={selectTab} className="grid grid-cols-1 gap-1.5">
      <div className="flex flex-wrap items-end justify-between gap-x-4">
        <label htmlFor={field.id} className={labelClass}>
          {label}
          <Optional />
        </label>
        <TabList activeTab={activeTab} />
      </div>
      <FieldHint field={field} hint={hint} />
      <Tabs.Content value="write" forceMount tabIndex={-1} className="data-[state=inactive]:hidden">
        <textarea
          {...getTextareaProps(field, describedBy({ field, hint, current }))}
          {...useFocusIfInvalid(field)}
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

/** Invisible until hydrated, to prevent layout shift. Only the active tab is in the tab order. */
function TabList({ activeTab }: { activeTab: string }) {
  const isHydrated = useHydrated();
  return (
    <Tabs.List
      tabIndex={-1}
      aria-label="Write or preview"
      className={`flex gap-x-4 text-sm ${isHydrated ? "" : "invisible"}`}
    >
      <TabTrigger value="write" activeTab={activeTab}>
        Write
      </TabTrigger>
      <TabTrigger value="preview" activeTab={activeTab}>
        Preview
      </TabTrigger>
    </Tabs.List>
  );
}

interface TabTriggerProps {
  value: string;
  activeTab: string;
  children: string;
}

function TabTrigger({ value, activeTab, children }: TabTriggerProps) {
  return (
    <Tabs.Trigger
      value={value}
      tabIndex={value === activeTab ? 0 : -1}
      className="cursor-pointer border-b border-transparent py-1 text-muted transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  );
}

function PreviewPanel({ preview }: { preview: Preview }) {
  return (
    <div aria-live="polite" aria-busy={preview.state === "loading"}>
      {preview.state === "loading" && <p className="text-muted">Loading preview…</p>}
      {preview.state === "failed" && (
        <p className="text-danger">
          The preview could not be loaded. Your text is kept. Please try again in a moment.
        </p>
      )}
      {preview.state === "rejected" && <p className="text-danger">{preview.problem}</p>}
      {preview.state === "shown" &&
        (preview.html === "" ? (
          <p className="text-muted">Nothing to preview.</p>
        ) : (
          <Markdown text={preview} />
        ))}
    </div>
  );
}
