import type { User } from "~/features/users/user";
import { DateTime } from "~/ui/date-time";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";
import { Section } from "~/ui/section";

const codeClass = "text-sm [overflow-wrap:anywhere]";

export function UserRecord({ user }: { user: User }) {
  return (
    <Section title="Record">
      <DescriptionList>
        <DescriptionItem term="ID">
          <code className={codeClass}>{user.id}</code>
        </DescriptionItem>
        <DescriptionItem term="Clerk ID">
          <code className={codeClass}>{user.clerkUserId}</code>
        </DescriptionItem>
        <DescriptionItem term="Created">
          <DateTime at={user.createdAt} />
        </DescriptionItem>
        <DescriptionItem term="Last updated">
          <DateTime at={user.updatedAt} />
        </DescriptionItem>
      </DescriptionList>
    </Section>
  );
}
