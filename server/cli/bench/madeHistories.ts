import { pick, RandomStreams, type Stream } from "../../../shared/core/random.ts";
import type { JepsenPair } from "../../../shared/history/eventPairing.ts";
import type { Operation } from "../../../shared/history/operation.ts";

const SESSIONS = 32;
const KEYS = 100;
const READS = 0.7;
/** Time between two questions; answers take less than it takes all sessions to ask: each is free again when it asks next. */
const GAP_US = 10;

/** Luck of the histories, the same every time. */
const streamOf = (what: string): Stream => new RandomStreams("bench").stream("history", what);

/** When something that takes effect at its question begins and ends. */
function spanOf(place: number, clients: number, luck: Stream) {
  const asksAt = place * GAP_US;
  return { process: place % clients, from: asksAt, to: asksAt + 1 + pick(luck, GAP_US * (clients - 1)) };
}

/**
 * A linearizable history of registers, each value written once. Everything takes effect as soon as it was asked. Sessions
 * ask in turn, each when it has its answer.
 */
export function registerHistory(operations: number, keys = KEYS, sessions = SESSIONS): Operation[] {
  const luck = streamOf("registers");
  const values = new Array<number | null>(keys).fill(null);
  return Array.from({ length: operations }, (_, id): Operation => {
    const key = pick(luck, keys);
    const isRead = luck() < READS;
    const invokedAtUs = id * GAP_US;
    const completedAtUs = invokedAtUs + 1 + pick(luck, GAP_US * (sessions - 1));
    const asked = { id, session: id % sessions, component: "store", key, other: null, expected: null, results: null, invokedAtUs, completedAtUs };
    if (isRead) return { ...asked, kind: "read", argument: null, result: values[key]!, outcome: "ok" };
    values[key] = id + 1;
    return { ...asked, kind: "write", argument: id + 1, result: null, outcome: "ok" };
  });
}

const KEY_VALUE_OPERATIONS_OF_CLIENT = 100;
const STRINGS = 10;

/** A linearizable history of gets, puts and appends of short strings, all clients at work all the time. */
export function keyValueHistory(clients: number): JepsenPair[] {
  const luck = streamOf("strings");
  const strings = new Array<string>(STRINGS).fill("");
  return Array.from({ length: clients * KEY_VALUE_OPERATIONS_OF_CLIENT }, (_, place): JepsenPair => {
    const key = pick(luck, STRINGS);
    const f = (["get", "put", "append"] as const)[pick(luck, 3)]!;
    const { process, from, to } = spanOf(place, clients, luck);
    const piece = `x${place};`;
    if (f === "put") strings[key] = piece;
    if (f === "append") strings[key] += piece;
    const asked = f === "get" ? null : piece;
    const told = f === "get" ? strings[key]! : piece;
    return { process, f, key: `${key}`, asked, told, invokedAt: from, completedAt: to, outcome: "ok" };
  });
}

const STEPS_MAX = 4;
const LISTS_AT_ONCE = 10;
const APPENDS_OF_LIST = 32;

/** A strictly serializable history of transactions over lists; a list that is long enough gives way to a fresh one. */
export function listAppendHistory(transactions: number): JepsenPair[] {
  const luck = streamOf("lists");
  const lists = Array.from({ length: LISTS_AT_ONCE }, (_, name) => ({ name, elements: [] as number[] }));
  let names = LISTS_AT_ONCE;
  let elements = 0;
  const step = () => {
    const place = pick(luck, LISTS_AT_ONCE);
    if (lists[place]!.elements.length === APPENDS_OF_LIST) lists[place] = { name: names++, elements: [] };
    const list = lists[place]!;
    if (luck() < 0.5) return { asked: ["r", list.name, null], told: ["r", list.name, [...list.elements]] };
    list.elements.push(++elements);
    return { asked: ["append", list.name, elements], told: ["append", list.name, elements] };
  };
  return Array.from({ length: transactions }, (_, place): JepsenPair => {
    const steps = Array.from({ length: 1 + pick(luck, STEPS_MAX) }, step);
    const { process, from, to } = spanOf(place, SESSIONS, luck);
    const [asked, told] = [steps.map((one) => one.asked), steps.map((one) => one.told)];
    return { process, f: "txn", asked, told, invokedAt: from, completedAt: to, outcome: "ok" };
  });
}
