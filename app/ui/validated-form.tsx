import { type FormMetadata, getFormProps } from "@conform-to/react";
import { Form } from "@remix-run/react";
import { createContext, type ReactNode, useContext } from "react";

const FirstInvalidField = createContext<string | undefined>(undefined);

interface ValidatedFormProps<Fields extends Record<string, unknown>> {
  form: FormMetadata<Fields, string[]>;
  className: string;
  children: ReactNode;
}

/**
 * A Conform form that focuses its first invalid field: Conform does so after a submission by
 * JavaScript, the attribute in a document that the worker rendered. Schemas must list their fields
 * in the order of the page.
 */
export function ValidatedForm<Fields extends Record<string, unknown>>({
  form,
  className,
  children,
}: ValidatedFormProps<Fields>) {
  const [firstInvalid] = Object.keys(form.allErrors);
  return (
    <FirstInvalidField.Provider value={firstInvalid}>
      <Form method="post" preventScrollReset {...getFormProps(form)} className={className}>
        {children}
      </Form>
    </FirstInvalidField.Provider>
  );
}

/** The props of a field that takes focus when its page or form opens, if it is invalid. */
export function useFocusIfInvalid({ name }: { name: string }) {
  return useContext(FirstInvalidField) === name ? { autoFocus: true } : {};
}
