import { Form, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
import { Button } from "~/ui/button";
import { CloseLink, Modal } from "~/ui/modal";

interface AskedPurchase extends Price {
  id: string;
  reference: string;
  person: { name: string };
  snapshot: { title: string };
}

/** What is to become of which purchase, once somebody says yes. */
export interface Asked {
  settlement: "cancelled" | "refunded";
  purchase: AskedPurchase;
}

/** The id of the link that opens the dialog. */
export const settleOpener = ({ settlement, purchase }: Asked) => `${settlement}:${purchase.id}`;

/** The same page with the dialog. */
export function urlAsking(search: string, { settlement, purchase }: Asked): string {
  const params = pageParams(search);
  params.set("ask", settlement);
  params.set("purchase", purchase.id);
  return `?${params}`;
}

/** What a URL says of the list alone, without a dialog or tidings. */
export function pageParams(search: string): URLSearchParams {
  const params = new URLSearchParams(search);
  for (const name of ["ask", "purchase", "settled"]) params.delete(name);
  return params;
}

/** What a URL asks, of a purchase on its page. */
export function readAsked(
  params: URLSearchParams,
  purchases: readonly AskedPurchase[],
): Asked | null {
  const settlement = params.get("ask");
  const purchase = purchases.find(({ id }) => id === params.get("purchase"));
  if (!purchase || (settlement !== "cancelled" && settlement !== "refunded")) return null;
  return { settlement, purchase };
}

/** Asks whether an order shall really be cancelled, or money go back. */
export function SettleDialog({ asked, search }: { asked: Asked; search: string }) {
  const { settlement, purchase } = asked;
  const busy = useNavigation().formData?.get("settlement") === settlement;
  const back = `/admin/purchases?${pageParams(search)}`;
  const isRefund = settlement === "refunded";
  return (
    <Modal
      title={isRefund ? `Refund ${purchase.reference}?` : `Cancel order ${purchase.reference}?`}
      back={back}
      opener={settleOpener(asked)}
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
        <Button look="danger" busy={busy} busyText="One moment…">
          {isRefund ? "Refund" : "Cancel order"}
        </Button>
      </Form>
    </Modal>
  );
}
