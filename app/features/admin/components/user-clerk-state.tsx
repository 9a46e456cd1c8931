import { Form, useNavigation } from "@remix-run/react";
import { can } from "~/access/permissions";
import type { Role } from "~/db/enums";
import type { User } from "~/features/users/user";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";
import { Section } from "~/ui/section";
import { UserStateBadges } from "./user-badges";

/** What Clerk last said about the user, and whether Clerk has our ID and role. */
export function UserClerkState({ user, viewer }: { user: User; viewer: { role: Role } }) {
  const busy = useNavigation().formData?.get("intent") === "sync";
  const maySync = user.deletedAt === null && can(viewer.role, "users.sync");
  return (
    <Section title="State at Clerk">
      <DescriptionList>
        <DescriptionItem term="Status">
          <UserStateBadges {...user} />
        </DescriptionItem>
        {user.bannedAt !== null && (
          <DescriptionItem term="Banned">
            <DateTime at={user.bannedAt} />
          </DescriptionItem>
        )}
        {user.locked && (
          <DescriptionItem term="Locked">
            After wrong passwords. Existing sessions keep working.
          </DescriptionItem>
        )}
        {user.deletedAt !== null && (
          <DescriptionItem term="Deleted">
            <DateTime at={user.deletedAt} />
          </DescriptionItem>
        )}
        <DescriptionItem term="ID and role">
          <MetadataState {...user} />
        </DescriptionItem>
        <DescriptionItem term="Last updated">
          <DateTime at={user.clerkUpdatedAt} />
        </DescriptionItem>
      </DescriptionList>
      {maySync && (
        <Form method="post" action={`/admin/users/${user.id}`} className="mt-4">
          <Button name="intent" value="sync" variant="secondary" busy={busy} busyText="Syncing…">
            Sync now
          </Button>
        </Form>
      )}
    </Section>
  );
}

function MetadataState({ metadataPending, metadataRetryAt, deletedAt }: User) {
  if (deletedAt !== null) return "Not sent for deleted users.";
  if (!metadataPending) return "Clerk has this ID and role.";
  return (
    <>
      Clerk does not have this ID and role yet.
      {metadataRetryAt !== null && (
        <>
          {" "}
          Next retry after <DateTime at={metadataRetryAt} />.
        </>
      )}
    </>
  );
}
