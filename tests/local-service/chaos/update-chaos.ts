import type { LocalService } from "../service.ts";
import { releaseDelayed, shiftDueTimes } from "../webhooks/messages.ts";
import { deliveryPlans } from "./delivery-plan.ts";
import type { Fault } from "./fault.ts";
import { type ChaosPatch, type ChaosSettings, noChaos } from "./settings.ts";

/** Saves the patch and returns all chaos settings. */
export function updateChaos(service: LocalService, patch: ChaosPatch): ChaosSettings {
  const { db, chaos, dispatcher } = service;
  const previousOffset = chaos.settings().clockOffsetMs;
  const settings = db.transaction(() => {
    const updated = chaos.update(patch);
    const shiftMs = updated.clockOffsetMs - previousOffset;
    // Pending deliveries keep their remaining delay on the new clock.
    if (shiftMs !== 0) shiftDueTimes(db, shiftMs);
    return updated;
  });
  dispatcher.wake();
  return settings;
}

/** Turns all chaos off and releases delayed messages. */
export function stopChaos(service: LocalService): ChaosSettings {
  const { db, clock } = service;
  return db.transaction(() => {
    const settings = updateChaos(service, noChaos);
    deliveryPlans.clear(db);
    releaseDelayed(db, clock.now());
    return settings;
  });
}

/** Appends a fault to the list. */
export function addFault(service: LocalService, fault: Fault): ChaosSettings {
  const { faults } = service.chaos.settings().api;
  return updateChaos(service, { api: { faults: [...faults, fault] } });
}
