import { ButtonLink } from "~/ui/button-link";
import { EmptyState } from "~/ui/empty-state";

/** What stands where the catalogue has nothing: at its start, or behind its end. */
export function EmptyCatalog({ isStart }: { isStart: boolean }) {
  if (isStart) {
    return (
      <EmptyState title="The catalogue opens soon">
        The first courses are being written. They will be listed here, open to read about before you
        sign up.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing behind this"
      action={
        <ButtonLink to="/" variant="secondary">
          Go to the first page
        </ButtonLink>
      }
    >
      This is the end of the catalogue.
    </EmptyState>
  );
}
