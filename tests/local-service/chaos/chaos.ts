import { z } from "zod";
import type { Database } from "../state/database.ts";
import { readValue, writeValue } from "../state/keyed-values.ts";
import type { Fault } from "./fault.ts";
import { seededRandom } from "./seeded-random.ts";
import {
  type ChaosPatch,
  type ChaosSchemas,
  type ChaosSettings,
  mergeDeep,
  noChaos,
} from "./settings.ts";

type State = {
  settings: ChaosSettings;
  /** Sequence number of the last webhook message queued before the seed was set. */
  seededAfter: number;
  /** Random choices made for requests since the seed was set. */
  requestChoices: number;
};

const stateSchema = ({ settings }: ChaosSchemas) =>
  z.object({ settings, seededAfter: z.number(), requestChoices: z.number() });

const key = "chaos-settings";

type Odds = { next: number; probability: number };

/** Persisted chaos settings and the random choices based on them. */
export class Chaos {
  readonly schemas: ChaosSchemas;
  readonly #db: Database;
  #state: State;

  constructor(db: Database, schemas: ChaosSchemas) {
    this.#db = db;
    this.schemas = schemas;
    const initial = { settings: noChaos, seededAfter: 0, requestChoices: 0 };
    this.#state = readValue(db, key, stateSchema(schemas)) ?? initial;
  }

  settings(): ChaosSettings {
    return this.#state.settings;
  }

  /** Saves the patch and returns all settings. */
  update(patch: ChaosPatch): ChaosSettings {
    const changed = mergeDeep(this.#state.settings, this.schemas.patch.parse(patch));
    const settings = this.schemas.settings.parse(changed);
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
  takeFault(route: string | undefined): Fault | undefined {
    const { faults } = this.settings().api;
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
      .api.faults.map((fault) => (fault === target ? { ...fault, next: fault.next - 1 } : fault))
      .filter(({ next, probability }) => next > 0 || probability > 0);
    this.update({ api: { faults } });
  }

  #save(state: State): ChaosSettings {
    writeValue(this.#db, key, state);
    this.#state = state;
    return state.settings;
  }
}

const sequenceRow = z.object({ seq: z.number() });

function lastSequence(db: Database): number {
  const row = db.statement("SELECT seq FROM sqlite_sequence WHERE name = 'webhook_messages'").get();
  return row === undefined ? 0 : sequenceRow.parse(row).seq;
}
