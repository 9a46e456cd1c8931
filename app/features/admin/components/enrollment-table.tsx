import { Form, Link, useNavigation } from "@remix-run/react";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { Enrollment } from "../enrollments.server";

export interface EnrolledUser extends Enrollment {
  person: { id: string; name: string; email: string | null; deletedAt: number | null };
}

const columns = [{ label: "Person" }, { label: "Since", wideOnly: true }, { label: "State" }];

interface EnrollmentTableProps {
  people: readonly EnrolledUser[];
  mayChange: boolean;
}

const sources = { free: "for free", purchase: "by a purchase", admin: "by an admin" };

/** Who is, or was, in a course, and the way to change that. */
export function EnrollmentTable({ people, mayChange }: EnrollmentTableProps) {
  return (
    <DataTable caption="People in this course, the latest first" columns={columns}>
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
              {enrolled.person.email ?? "No e-mail address"}
            </span>
          </RowHeader>
          <Cell wideOnly>
            <DateTime at={enrolled.enrolledAt} dateOnly />
            <span className="block text-sm text-muted">{sources[enrolled.source]}</span>
          </Cell>
          <Cell>
            <EnrollmentState {...enrolled} />
            {mayChange && <PersonForm {...enrolled} />}
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

function PersonForm({ person, revokedAt }: EnrolledUser) {
  const { formData } = useNavigation();
  const isRevoked = revokedAt !== null;
  if (isRevoked && person.deletedAt !== null) return null;
  const field = isRevoked ? "who" : "userId";
  const label = isRevoked ? "Enrol again" : "Revoke";
  return (
    <Form method="post" preventScrollReset className="mt-2">
      <input type="hidden" name={field} value={person.id} />
      <Button
        name="intent"
        value={isRevoked ? "enroll-again" : "revoke"}
        variant="secondary"
        busy={formData?.get(field) === person.id}
        busyText="One moment…"
        aria-label={`${label}: ${person.name}`}
      >
        {label}
      </Button>
    </Form>
  );
}
