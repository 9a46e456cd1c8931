import { Form, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
import { Button } from "~/ui/button";
import { CloseLink, Modal } from "~/ui/modal";

interface SettlePurchase extends Price {
  id: string;
  reference: string;
  person: { name: string };
  snapshot: { title: string };
}

/** What is to become of which purchase, once somebody says yes. */
export interface SettleRequest {
  settlement: "cancelled" | "refunded";
  purchase: SettlePurchase;
}

/** The id of the link that opens the dialog. */
export const settlementTriggerId = ({ settlement, purchase }: SettleRequest) =>
  `${settlement}:${purchase.id}`;

/** The same page with the dialog. */
export function dialogUrl(search: string, { settlement, purchase }: SettleRequest): string {
  const params = listParams(search);
  params.set("ask", settlement);
  params.set("purchase", purchase.id);
  return `?${params}`;
}

/** What a URL says of the list alone, without a dialog or tidings. */
export function listParams(search: string): URLSearchParams {
  const params = new URLSearchParams(search);
  for (const name of ["ask", "purchase", "settled"]) params.delete(name);
  return params;
}

/** What a URL asks, of a purchase on its page. */
export function parseDialog(
  params: URLSearchParams,
  purchases: readonly SettlePurchase[],
): SettleRequest | null {
  const settlement = params.get("ask");
  const purchase = purchases.find(({ id }) => id === params.get("purchase"));
  if (!purchase || (settlement !== "cancelled" && settlement !== "refunded")) return null;
  return { settlement, purchase };
}

/** Asks whether an order shall really be cancelled, or money go back. */
export function SettlementDialog({
  settleRequest,
  search,
}: {
  settleRequest: SettleRequest;
  search: string;
}) {
  const { settlement, purchase } = settleRequest;
  const busy = useNavigation().formData?.get("settlement") === settlement;
  const back = `/admin/purchases?${listParams(search)}`;
  const isRefund = settlement === "refunded";
  return (
    <Modal
      title={isRefund ? `Refund ${purchase.reference}?` : `Cancel order ${purchase.reference}?`}
      back={back}
      triggerId={settlementTriggerId(settleRequest)}
    >
      <p className="mt-3">
        {purchase.snapshot.title}, {formatPrice(purchase)}, ordered by {purchase.person.name}.
      </p>
      <p className="mt-2 text-muted">
        {isRefund
          ? "This notes that the money goes back; with pay-later you send it back by hand. The course closes to them, unless something else keeps it open."
          : "They can order again. Should the money come after all, the order can still be marked as paid."}
      </p>
      <Form method="post" action={back} className="mt-6 flex flex-wrap justify-end gap-3">
        <input type="hidden" name="purchaseId" value={purchase.id} />
        <input type="hidden" name="settlement" value={settlement} />
        <CloseLink back={back}>{isRefund ? "Keep it" : "Keep the order"}</CloseLink>
        <Button variant="danger" busy={busy} busyText="One moment…">
          {isRefund ? "Refund" : "Cancel order"}
        </Button>
      </Form>
    </Modal>
  );
}
