import { useSearchParams } from "@remix-run/react";
import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { EnrollmentFailure } from "../enrollment-actions.server";
import type { Learner } from "../learner-list.server";

interface EnrollmentNoticeProps {
  failure: EnrollmentFailure | RateLimited | undefined;
  people: readonly Learner[];
}

export function EnrollmentNotice({ failure, people }: EnrollmentNoticeProps) {
  const [params] = useSearchParams();
  if (failure?.kind === "rate-limited") return <RateLimitNotice />;
  if (failure) {
    if (failure.added === 0) return null;
    return <Notice tone="success">{addedText(failure.added)} Some were not: see below.</Notice>;
  }
  const text = resultText(params, people);
  return text === null ? null : (
    <Notice key={`${params}`} tone="success">
      {text}
    </Notice>
  );
}

const addedText = (count: number) =>
  count === 1 ? "1 learner was added." : `${count} learners were added.`;

const countOf = (params: URLSearchParams, name: string) =>
  Math.trunc(Number(params.get(name))) || 0;

function resultText(params: URLSearchParams, people: readonly Learner[]): string | null {
  if (params.has("added")) {
    const already = countOf(params, "already");
    return (
      addedText(countOf(params, "added")) + (already > 0 ? ` ${already} already had access.` : "")
    );
  }
  const enrolled = params.get("enrolled");
  const changed = params.get("revoked") ?? enrolled;
  if (changed === null) return null;
  const name = people.find(({ person }) => person.id === changed)?.person.name ?? "The learner";
  return `${name} ${changed === enrolled ? "now has" : "no longer has"} access to this course.`;
}
