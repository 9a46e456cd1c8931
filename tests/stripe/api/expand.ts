import { z } from "zod";
import type { Instance } from "../instance.ts";
import { charges, paymentIntents } from "../state/payments.ts";
import { sessions } from "../state/sessions.ts";
import { StripeError } from "../wire/errors.ts";
import { chargeJson, paymentIntentJson } from "../wire/payment-json.ts";
import { lineItemJson } from "../wire/session-json.ts";
import { listJson } from "./lists.ts";

const maxDepth = 4;

type Json = Record<string, unknown>;

const jsonSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(jsonSchema);

/** Replaces ids by the objects that `expand` asks for, such as `payment_intent.latest_charge`. */
export function expand(instance: Instance, object: object, paths: string[] = []): object {
  const root: Json = { ...object };
  for (const path of paths) {
    const names = path.split(".");
    if (names.length > maxDepth) throw cannotExpand(path, `You cannot expand more than 4 levels`);
    expandPath(instance, root, names, path);
  }
  return root;
}

function expandPath(instance: Instance, object: Json, names: string[], path: string): void {
  const [name, ...rest] = names;
  if (name === undefined) return;
  if (name === "data" && object.object === "list") {
    const items = listSchema.parse(object.data).map((item) => ({ ...item }));
    for (const item of items) expandPath(instance, item, rest, path);
    object.data = items;
    return;
  }
  const expanded = load(instance, object, name, path);
  if (expanded === null) return;
  const copy = { ...expanded };
  object[name] = copy;
  expandPath(instance, copy, rest, path);
}

/** The object of a property; null if the property has none. */
function load(instance: Instance, parent: Json, name: string, path: string): Json | null {
  const value = parent[name];
  if (typeof value === "object" && value !== null) return jsonSchema.parse(value);
  const loader = loaders[name];
  if (loader === undefined || (!(name in parent) && name !== "line_items")) {
    throw cannotExpand(path, `This property cannot be expanded (${path})`);
  }
  const id = name === "line_items" ? parent.id : value;
  const loaded = typeof id === "string" ? loader(instance, id) : null;
  return loaded === null ? null : { ...loaded };
}

const loaders: Record<string, (instance: Instance, id: string) => object | null> = {
  payment_intent({ db }, id) {
    const intent = paymentIntents.find(db, id);
    return intent === undefined ? null : paymentIntentJson(intent);
  },
  charge: findCharge,
  latest_charge: findCharge,
  line_items({ db }, id) {
    const session = sessions.find(db, id);
    if (session === undefined) return null;
    const items = session.lineItems.map((item) => lineItemJson(session, item));
    return listJson(`/v1/checkout/sessions/${id}/line_items`, items, false);
  },
};

function findCharge({ db }: Instance, id: string): object | null {
  const charge = charges.find(db, id);
  return charge === undefined ? null : chargeJson(charge);
}

const cannotExpand = (path: string, message: string) =>
  new StripeError(400, `${message}. You may want to try expanding '${path.split(".")[0]}'.`, {
    param: "expand",
    beforeExecution: true,
  });
