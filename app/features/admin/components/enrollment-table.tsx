import { Form, Link, useNavigation } from "@remix-run/react";
import { Breakable } from "~/ui/breakable";
import { Button } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { Learner } from "../learner-list.server";
import {
  EnrollmentStatus,
  enrollmentSources,
  LastActivity,
  LastActivityLine,
  LearnerProgress,
} from "./enrollment-status";

const columns = [
  { label: "Learner" },
  { label: "Enrolled", wideOnly: "large" },
  { label: "Progress", wideOnly: true },
  { label: "Last activity", wideOnly: "large" },
  { label: "Status" },
] as const;

interface EnrollmentTableProps {
  caption: string;
  people: readonly Learner[];
  mayChange: boolean;
}

export function EnrollmentTable({ caption, people, mayChange }: EnrollmentTableProps) {
  return (
    <DataTable caption={caption} columns={columns}>
      {people.map((enrolled) => (
        <tr key={enrolled.person.id}>
          <RowHeader>
            <Link
              to={`/admin/users/${enrolled.person.id}`}
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {enrolled.person.name}
            </Link>
            <span className="block text-sm text-muted">
              {enrolled.person.email === null ? (
                "No email address"
              ) : (
                <Breakable text={enrolled.person.email} />
              )}
            </span>
            <span className="block text-sm sm:hidden">
              <LearnerProgress {...enrolled} />
            </span>
            <LastActivityLine {...enrolled} />
          </RowHeader>
          <Cell wideOnly="large">
            <DateTime at={enrolled.enrolledAt} dateOnly />
            <span className="block text-sm text-muted">{enrollmentSources[enrolled.source]}</span>
          </Cell>
          <Cell wideOnly>
            <LearnerProgress {...enrolled} />
          </Cell>
          <Cell wideOnly="large">
            <LastActivity {...enrolled} />
          </Cell>
          <Cell>
            <EnrollmentStatus {...enrolled} />
            {mayChange && <EnrollmentForm {...enrolled} />}
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

function EnrollmentForm({ person, revokedAt }: Learner) {
  const { formData } = useNavigation();
  const isRevoked = revokedAt !== null;
  if (isRevoked && person.deletedAt !== null) return null;
  const field = isRevoked ? "who" : "userId";
  const label = isRevoked ? "Enroll again" : "Revoke";
  return (
    <Form method="post" preventScrollReset className="mt-2">
      <input type="hidden" name={field} value={person.id} />
      <Button
        name="intent"
        value={isRevoked ? "enroll-again" : "revoke"}
        variant="secondary"
        busy={formData?.get(field) === person.id}
        busyText="Saving…"
        aria-label={`${label}: ${person.name}`}
      >
        {label}
      </Button>
    </Form>
  );
}
