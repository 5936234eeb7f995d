import { pow } from "../core/maths.ts";
import type { Stream } from "../core/random.ts";

/** Chooses the key of the next operation; `session` is the ordinal of the session that asks. */
export type KeyChooser = (stream: Stream, session: number) => number;

/** Every key alike. */
export function uniformKeys(keys: number): KeyChooser {
  return (stream) => Math.floor(stream() * keys);
}

/** Each session has one key of its own, its profile say. Sessions beyond the number of keys share. */
export function ownKeys(keys: number): KeyChooser {
  return (_, session) => session % keys;
}

/**
 * Keys of two parts: a customer, chosen as `customers` says, and one of his buckets, each as likely as the other. The
 * buckets of a customer are neighbours, customer 0's first.
 * Simplified: real buckets of time are asked for the more the newer they are.
 */
export function compositeKeys(customers: KeyChooser, buckets: number): KeyChooser {
  return (stream, session) => customers(stream, session) * buckets + Math.floor(stream() * buckets);
}

/**
 * Zipf's law: key k (from 0) is chosen with a probability proportional to 1 ÷ (k + 1)^exponent. Exact, in constant time.
 * Source: Vose 1991, "A linear algorithm for generating random numbers with a given distribution" (alias table);
 * 0.99 is the skew of YCSB (Cooper et al. 2010), whose own generator only approximates the law.
 */
export function zipfKeys(keys: number, exponent: number): KeyChooser {
  const { chance, alias } = aliasTable(keys, exponent);
  return (stream) => {
    const place = stream() * keys;
    const column = Math.floor(place);
    return place - column < chance[column]! ? column : alias[column]!;
  };
}

/** Column k keeps its own key with this chance, and gives its alias otherwise. */
interface AliasTable {
  readonly keys: number;
  readonly exponent: number;
  readonly chance: Float64Array;
  readonly alias: Int32Array;
}

/** Tables made last: zones and lines that choose alike share one, which is slow to make and better kept near. */
const recent: AliasTable[] = [];
const RECENT_MAX = 8;

function aliasTable(keys: number, exponent: number): AliasTable {
  const known = recent.find((table) => table.keys === keys && table.exponent === exponent);
  if (known !== undefined) return known;
  const table = makeAliasTable(keys, exponent);
  recent.push(table);
  if (recent.length > RECENT_MAX) recent.shift();
  return table;
}

function makeAliasTable(keys: number, exponent: number): AliasTable {
  const weights = Array.from({ length: keys }, (_, key) => 1 / pow(key + 1, exponent));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => (weight / total) * keys);
  const chance = new Float64Array(keys).fill(1);
  const alias = Int32Array.from(weights, (_, key) => key);
  const small = scaled.flatMap((weight, key) => (weight < 1 ? [key] : []));
  const large = scaled.flatMap((weight, key) => (weight < 1 ? [] : [key]));
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large[large.length - 1]!;
    chance[poor] = scaled[poor]!;
    alias[poor] = rich;
    scaled[rich]! -= 1 - scaled[poor]!;
    if (scaled[rich]! < 1) small.push(large.pop()!);
  }
  return { keys, exponent, chance, alias };
}
