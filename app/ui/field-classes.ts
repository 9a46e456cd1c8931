/** Apart from the components: error pages use them, and must not load the form library. */
export const inputClass =
  "w-full rounded-md border border-field bg-surface px-3 py-2 text-base placeholder:text-muted sm:text-[0.9375rem]";

export const labelClass = "text-[0.9375rem] font-medium";
