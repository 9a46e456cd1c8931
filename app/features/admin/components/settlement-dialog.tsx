import { Form, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
import { type Settlement, settlements } from "~/features/purchases/purchase-status";
import { Button } from "~/ui/button";
import { CloseLink, Modal } from "~/ui/modal";

interface SettlePurchase extends Price {
  id: string;
  reference: string;
  person: { name: string };
  snapshot: { title: string };
}

export interface SettleRequest {
  settlement: Settlement;
  purchase: SettlePurchase;
}

export const settlementTriggerId = ({ settlement, purchase }: SettleRequest) =>
  `${settlement}:${purchase.id}`;

export function dialogUrl(search: string, { settlement, purchase }: SettleRequest): string {
  const params = listParams(search);
  params.set("ask", settlement);
  params.set("purchase", purchase.id);
  return `?${params}`;
}

/** The search params of the list, without those of the dialog and the notice. */
export function listParams(search: string): URLSearchParams {
  const params = new URLSearchParams(search);
  for (const name of ["ask", "purchase", "settled"]) params.delete(name);
  return params;
}

export function parseDialog(
  params: URLSearchParams,
  purchases: readonly SettlePurchase[],
): SettleRequest | null {
  const settlement = settlements.find((one) => one === params.get("ask"));
  const purchase = purchases.find(({ id }) => id === params.get("purchase"));
  return purchase && settlement ? { settlement, purchase } : null;
}

interface DialogText {
  title: string;
  consequence: string;
  keep: string;
  confirm: string;
}

function dialogText({ settlement, purchase }: SettleRequest): DialogText {
  const { reference } = purchase;
  switch (settlement) {
    case "paid":
      return {
        title: `Mark ${reference} as paid?`,
        consequence: `Only if ${formatPrice(purchase)} has arrived. The buyer gets access to the course immediately.`,
        keep: "Not yet",
        confirm: "Mark as paid",
      };
    case "cancelled":
      return {
        title: `Cancel order ${reference}?`,
        consequence:
          "They can order again. If the payment still arrives, you can mark the order as paid.",
        keep: "Keep order",
        confirm: "Cancel order",
      };
  }
}

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
  const text = dialogText(settleRequest);
  return (
    <Modal title={text.title} back={back} triggerId={settlementTriggerId(settleRequest)}>
      <p className="mt-3">
        {purchase.snapshot.title}, {formatPrice(purchase)}, ordered by {purchase.person.name}.
      </p>
      <p className="mt-2 text-muted">{text.consequence}</p>
      <Form method="post" action={back} className="mt-6 flex flex-wrap justify-end gap-3">
        <input type="hidden" name="purchaseId" value={purchase.id} />
        <input type="hidden" name="settlement" value={settlement} />
        <CloseLink back={back}>{text.keep}</CloseLink>
        <Button
          variant={settlement === "paid" ? "primary" : "danger"}
          busy={busy}
          busyText="Saving…"
        >
          {text.confirm}
        </Button>
      </Form>
    </Modal>
  );
}
