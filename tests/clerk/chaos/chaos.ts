import { z } from "zod";
import type { Database } from "../state/database.ts";
import { readValue, writeValue } from "../state/keyed-values.ts";
import type { BackendRoute } from "./backend-route.ts";
import { chance } from "./chance.ts";
import type { Fault } from "./fault.ts";
import {
  type ChaosPatch,
  type ChaosSettings,
  chaosPatchSchema,
  chaosSettingsSchema,
  noChaos,
  patched,
} from "./settings.ts";

/** The settings, and since when their seed counts. */
const stateSchema = z.object({
  settings: chaosSettingsSchema,
  /** The last webhook message that was queued before the seed was set. */
  seededAfter: z.number(),
  /** Choices made about requests since then. */
  requestChoices: z.number(),
});

/** A kind of trouble of which some are still to come, or which may come at any time. */
type Odds = { next: number; probability: number };

/** The chaos settings, kept in the state, and the choices made from them. */
export class Chaos {
  readonly #db: Database;
  #state: z.output<typeof stateSchema>;

  constructor(db: Database) {
    this.#db = db;
    const fresh = { settings: noChaos, seededAfter: 0, requestChoices: 0 };
    this.#state = readValue(db, "chaos", stateSchema) ?? fresh;
  }

  settings(): ChaosSettings {
    return this.#state.settings;
  }

  /** Changes some settings and keeps them; returns all. */
  change(patch: ChaosPatch): ChaosSettings {
    const settings = patched(this.#state.settings, chaosPatchSchema.parse(patch));
    const restart = { seededAfter: lastSequence(this.#db), requestChoices: 0 };
    return this.#keep({ ...this.#state, ...(patch.seed === undefined ? {} : restart), settings });
  }

  /**
   * Whether this kind of trouble hits the message with this sequence number. A counted one is used
   * up by it; a probable one depends on the seed and the number alone.
   */
  hitsMessage(kind: "drop" | "duplicate" | "delay" | "badSignature", sequence: number): boolean {
    const odds = this.settings().deliveries[kind];
    if (odds.next === 0) return this.chanceOf(kind, sequence) < odds.probability;
    this.change({ deliveries: { [kind]: { next: odds.next - 1 } } });
    return true;
  }

  /** A number from 0 up to 1 for a choice about the message with this sequence number. */
  chanceOf(choice: string, sequence: number): number {
    return chance(this.settings().seed, choice, sequence - this.#state.seededAfter);
  }

  /** The fault that hits a request to this route, if any; a counted one is used up by it. */
  takeFault(route: BackendRoute | undefined): Fault | undefined {
    const { faults } = this.settings().backendApi;
    const hit = faults.find(
      (fault) => (fault.route === "any" || fault.route === route) && this.#hitsRequest(fault),
    );
    if (hit !== undefined && hit.next > 0) this.#useUp(hit);
    return hit;
  }

  #hitsRequest({ next, probability }: Odds): boolean {
    if (next > 0 || probability === 0) return next > 0;
    const requestChoices = this.#state.requestChoices + 1;
    this.#keep({ ...this.#state, requestChoices });
    return chance(this.settings().seed, "request", requestChoices) < probability;
  }

  #useUp(used: Fault): void {
    const faults = this.settings()
      .backendApi.faults.map((fault) =>
        fault === used ? { ...fault, next: fault.next - 1 } : fault,
      )
      .filter(({ next, probability }) => next > 0 || probability > 0);
    this.change({ backendApi: { faults } });
  }

  #keep(state: z.output<typeof stateSchema>): ChaosSettings {
    writeValue(this.#db, "chaos", state);
    this.#state = state;
    return state.settings;
  }
}

const sequenceRow = z.object({ seq: z.number() });

function lastSequence(db: Database): number {
  const row = db.statement("SELECT seq FROM sqlite_sequence WHERE name = 'webhook_messages'").get();
  return row === undefined ? 0 : sequenceRow.parse(row).seq;
}
