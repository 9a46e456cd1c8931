import type { Instance } from "../instance.ts";
import { moveDueTimes, releaseDelayed } from "../webhooks/messages.ts";
import { deliveryPlans } from "./delivery-plan.ts";
import type { Fault } from "./fault.ts";
import { type ChaosPatch, type ChaosSettings, noChaos } from "./settings.ts";

/** Changes some of the chaos settings and keeps them; returns all. */
export function changeChaos(instance: Instance, patch: ChaosPatch): ChaosSettings {
  const { db, chaos, dispatcher } = instance;
  const before = chaos.settings().clockOffsetMs;
  const settings = db.transaction(() => {
    const changed = chaos.change(patch);
    // What is planned stays as far away as it was, on the new clock.
    if (changed.clockOffsetMs !== before) moveDueTimes(db, changed.clockOffsetMs - before);
    return changed;
  });
  dispatcher.wake();
  return settings;
}

/** Turns all chaos off, and sends what was only delayed. */
export function stopChaos(instance: Instance): ChaosSettings {
  const { db, clock } = instance;
  return db.transaction(() => {
    const settings = changeChaos(instance, noChaos);
    deliveryPlans.clear(db);
    releaseDelayed(db, clock.now());
    return settings;
  });
}

/** Adds a fault behind those that are set. */
export function addFault(instance: Instance, fault: Fault): ChaosSettings {
  const { faults } = instance.chaos.settings().backendApi;
  return changeChaos(instance, { backendApi: { faults: [...faults, fault] } });
}
