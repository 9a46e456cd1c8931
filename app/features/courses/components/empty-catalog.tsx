import { ButtonLink } from "~/ui/button-link";
import { EmptyState } from "~/ui/empty-state";

export function EmptyCatalog({ isFirstPage }: { isFirstPage: boolean }) {
  if (isFirstPage) {
    return (
      <EmptyState title="Courses are coming soon">
        You can browse the course catalog here without an account.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No more courses"
      action={
        <ButtonLink to="/" variant="secondary">
          Go to the first page
        </ButtonLink>
      }
    >
      You’ve reached the end of the course catalog.
    </EmptyState>
  );
}
