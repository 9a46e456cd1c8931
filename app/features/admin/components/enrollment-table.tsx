import { Form, Link, useNavigation } from "@remix-run/react";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { Enrollment } from "../enrollments.server";

export interface EnrolledUser extends Enrollment {
  person: { id: string; name: string; email: string | null; deletedAt: number | null };
}

const columns = [{ label: "Learner" }, { label: "Enrolled", wideOnly: true }, { label: "Status" }];

interface EnrollmentTableProps {
  people: readonly EnrolledUser[];
  mayChange: boolean;
}

const sources = { free: "for free", purchase: "by purchase", admin: "by an admin" };

export function EnrollmentTable({ people, mayChange }: EnrollmentTableProps) {
  return (
    <DataTable caption="Learners in this course, newest first" columns={columns}>
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
              {enrolled.person.email ?? "No email address"}
            </span>
          </RowHeader>
          <Cell wideOnly>
            <DateTime at={enrolled.enrolledAt} dateOnly />
            <span className="block text-sm text-muted">{sources[enrolled.source]}</span>
          </Cell>
          <Cell>
            <EnrollmentState {...enrolled} />
            {mayChange && <EnrollmentForm {...enrolled} />}
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

function EnrollmentState({ revokedAt, revokedBecause }: Enrollment) {
  if (revokedAt === null) return <Badge tone="success">enrolled</Badge>;
  return (
    <>
      <Badge tone="danger">revoked</Badge>
      <span className="block text-sm text-muted">
        <DateTime at={revokedAt} dateOnly />,{" "}
        {revokedBecause === "refund" ? "refund" : "by an admin"}
      </span>
    </>
  );
}

function EnrollmentForm({ person, revokedAt }: EnrolledUser) {
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
