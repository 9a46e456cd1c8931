import { z } from "zod";
import type { Database } from "../state/database.ts";
import { readValue, writeValue } from "../state/keyed-values.ts";
import type { BackendRoute } from "./backend-route.ts";
import type { Fault } from "./fault.ts";
import { seededRandom } from "./seeded-random.ts";
import {
  applyPatch,
  type ChaosPatch,
  type ChaosSettings,
  chaosPatchSchema,
  chaosSettingsSchema,
  noChaos,
} from "./settings.ts";

const stateSchema = z.object({
  settings: chaosSettingsSchema,
  /** Sequence number of the last webhook message queued before the seed was set. */
  seededAfter: z.number(),
  /** Random choices made for requests since the seed was set. */
  requestChoices: z.number(),
});

type Odds = { next: number; probability: number };

/** Persisted chaos settings and the random choices based on them. */
export class Chaos {
  readonly #db: Database;
  #state: z.output<typeof stateSchema>;

  constructor(db: Database) {
    this.#db = db;
    const initial = { settings: noChaos, seededAfter: 0, requestChoices: 0 };
    this.#state = readValue(db, "chaos", stateSchema) ?? initial;
  }

  settings(): ChaosSettings {
    return this.#state.settings;
  }

  /** Saves the patch and returns all settings. */
  update(patch: ChaosPatch): ChaosSettings {
    const settings = applyPatch(this.#state.settings, chaosPatchSchema.parse(patch));
    const restart = { seededAfter: lastSequence(this.#db), requestChoices: 0 };
    return this.#save({ ...this.#state, ...(patch.seed === undefined ? {} : restart), settings });
  }

  /**
   * Whether the message with this sequence number is affected. Uses up one of the `next` count, if
   * any is left; otherwise the result depends only on the seed and the number.
   */
  affectsMessage(kind: "drop" | "duplicate" | "delay" | "badSignature", sequence: number): boolean {
    const odds = this.settings().deliveries[kind];
    if (odds.next === 0) return this.randomFor(kind, sequence) < odds.probability;
    this.update({ deliveries: { [kind]: { next: odds.next - 1 } } });
    return true;
  }

  /** A number in [0, 1) for a choice about the message with this sequence number. */
  randomFor(choice: string, sequence: number): number {
    return seededRandom(this.settings().seed, choice, sequence - this.#state.seededAfter);
  }

  /** The fault for a request to this route, if any. Uses up one of its `next` count. */
  takeFault(route: BackendRoute | undefined): Fault | undefined {
    const { faults } = this.settings().backendApi;
    const match = faults.find(
      (fault) => (fault.route === "any" || fault.route === route) && this.#affectsRequest(fault),
    );
    if (match !== undefined && match.next > 0) this.#decrement(match);
    return match;
  }

  #affectsRequest({ next, probability }: Odds): boolean {
    if (next > 0 || probability === 0) return next > 0;
    const requestChoices = this.#state.requestChoices + 1;
    this.#save({ ...this.#state, requestChoices });
    return seededRandom(this.settings().seed, "request", requestChoices) < probability;
  }

  #decrement(target: Fault): void {
    const faults = this.settings()
      .backendApi.faults.map((fault) =>
        fault === target ? { ...fault, next: fault.next - 1 } : fault,
      )
      .filter(({ next, probability }) => next > 0 || probability > 0);
    this.update({ backendApi: { faults } });
  }

  #save(state: z.output<typeof stateSchema>): ChaosSettings {
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
