export interface Message {
  svixId: string;
  body: string;
}

/** The expected final rows by Clerk ID; null for a tombstone. */
type Oracle = Map<string, Profile | null>;

interface Profile {
  email: string | null;
  name: string;
  imageUrl: string | null;
  clerkUpdatedAt: number;
}

export interface Burst {
  messages: Message[];
  /** The messages in sending order: shuffled, with duplicates. */
  sent: Message[];
  oracle: Oracle;
}

const duplicateShare = 0.2;
const eventsPerPerson = 4;
const deletedShare = 0.2;

/**
 * Generates the events of a population: creations, updates and some deletions. The oracle follows
 * the original order, not the sending order.
 */
export function createBurst(size: number, seed: number): Burst {
  const random = seededRandom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  const unique = Math.round(size * (1 - duplicateShare));
  const people = Math.round(unique / eventsPerPerson);
  const deleted = Math.round(people * deletedShare);
  const oracle: Oracle = new Map();
  const messages: Message[] = [];
  const applyRandomEvent = (type: string, person: number) => {
    const id = `user_burst${person}`;
    const revision = 1_700_000_000_000 + messages.length;
    const profile = type === "user.deleted" ? null : profileAt(person, revision, pick(10));
    oracle.set(id, profile);
    const body = eventBody(type, id, profile);
    messages.push({ svixId: `msg_burst${messages.length}`, body });
  };
  for (let person = 0; person < people; person++) applyRandomEvent("user.created", person);
  while (messages.length < unique - deleted) applyRandomEvent("user.updated", pick(people));
  for (let person = 0; person < deleted; person++) applyRandomEvent("user.deleted", person);
  const sent = [...messages];
  for (let i = 0; i < size - unique; i++) sent.push(...messages.slice(pick(unique)).slice(0, 1));
  for (let i = sent.length - 1; i > 0; i--) swap(sent, i, pick(i + 1));
  return { messages, sent, oracle };
}

function profileAt(person: number, revision: number, roll: number): Profile {
  return {
    email: roll === 0 ? null : `p${person}.${revision}@example.com`,
    name: `Person ${person} of ${revision}`,
    imageUrl: roll === 1 ? null : `https://images.example/${revision}.png`,
    clerkUpdatedAt: revision,
  };
}

function eventBody(type: string, id: string, profile: Profile | null): string {
  const data = profile
    ? {
        id,
        first_name: profile.name,
        image_url: profile.imageUrl,
        primary_email_address_id: profile.email && "idn_1",
        email_addresses: profile.email ? [{ id: "idn_1", email_address: profile.email }] : [],
        public_metadata: {},
        updated_at: profile.clerkUpdatedAt,
      }
    : { id, deleted: true };
  return JSON.stringify({ type, object: "event", data });
}

function swap(list: Message[], i: number, j: number): void {
  const [a, b] = [list[i], list[j]];
  if (a && b) {
    list[i] = b;
    list[j] = a;
  }
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
