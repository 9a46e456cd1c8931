import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { RefundResult } from "../refund-actions.server";

const messages: Record<string, string> = {
  refunded: "Refunded.",
  pending: "Stripe did not answer. The refund is stored and sent again within two minutes.",
  decided: "Your decision was saved.",
  dismissed: "Marked as done.",
};

const failures: Record<string, string> = {
  conflict: "Nothing was refunded: the purchase is not paid, or less is left than you asked for.",
  "invalid-amount": "Enter an amount such as 9.50, or leave the field empty to refund all.",
  "nothing-to-decide": "Someone else has already decided.",
};

/** Stripe's codes that an admin meets. */
const refusals: Record<string, string> = {
  charge_already_refunded: "the payment has already been refunded",
  charge_disputed: "the payment is disputed",
  stripe_error: "an internal error of Stripe",
};

interface RefundNoticeProps {
  failure: RefundResult | RateLimited | undefined;
  done: string | null;
}

export function RefundNotice({ failure, done }: RefundNoticeProps) {
  if (failure?.kind === "rate-limited") return <RateLimitNotice />;
  if (failure && "code" in failure) {
    return (
      <Notice tone="danger">
        Stripe refused the refund: {refusals[failure.code] ?? failure.code}. No money was sent.
      </Notice>
    );
  }
  if (failure) return <Notice tone="danger">{failures[failure.kind]}</Notice>;
  const message = messages[done ?? ""];
  return message === undefined ? null : <Notice tone="success">{message}</Notice>;
}
