import type { Ledgered } from "../durable.ts";
import type { FeedEntry } from "../feed.ts";

/** One event of an aggregate. It is never changed. */
export interface Event {
  readonly value: number;
  /** The operation that made it. */
  readonly operation: number;
  /** Version of the schema that it is written in. */
  readonly schema: number;
}

/** The state of an aggregate: a fold over its events. */
export interface Aggregate {
  /** How many events went into it. */
  readonly version: number;
  readonly values: readonly number[];
}

/** An aggregate kept so that it need not be folded from the start; of no use to code of another schema. */
export interface Snapshot {
  readonly aggregate: Aggregate;
  readonly schema: number;
}

/** What an event store keeps on its disk. */
export interface Streams {
  readonly events: Map<number, Event[]>;
  readonly snapshots: Map<number, Snapshot>;
  readonly known: Set<number>;
  readonly feed: FeedEntry[];
}

/** A change of it, as it stands in the log of its disk. */
export type StreamChange =
  | { readonly type: "append"; readonly key: number; readonly event: Event }
  | { readonly type: "snapshot"; readonly key: number; readonly snapshot: Snapshot };

/** An aggregate that nothing has happened to. */
export const UNBORN: Aggregate = { version: 0, values: [] };

/** What an aggregate has become after more events. Source: Fowler 2005, "Event Sourcing". */
export function fold(aggregate: Aggregate, events: readonly Event[]): Aggregate {
  return { version: aggregate.version + events.length, values: [...aggregate.values, ...events.map(({ value }) => value)] };
}

/** The newest snapshot that code of a schema can begin with. */
export function beginning({ snapshots }: Streams, key: number, schema: number): Aggregate {
  const snapshot = snapshots.get(key);
  return snapshot?.schema === schema ? snapshot.aggregate : UNBORN;
}

/** The aggregate as it stands, from its snapshot and the events since then. */
export function load(streams: Streams, key: number, schema: number): Aggregate {
  const begins = beginning(streams, key, schema);
  return fold(begins, eventsSince(streams, key, begins.version));
}

/** Events of a stream after a version. */
export function eventsSince({ events }: Streams, key: number, version: number): readonly Event[] {
  return (events.get(key) ?? []).slice(version);
}

/** Events of a stream so far. */
export function versionOf({ events }: Streams, key: number): number {
  return events.get(key)?.length ?? 0;
}

/** The rules of an event store's disk. */
export const streamsDisk: Ledgered<Streams, StreamChange> = {
  empty: () => ({ events: new Map(), snapshots: new Map(), known: new Set(), feed: [] }),
  apply(streams, change) {
    if (change.type === "snapshot") {
      streams.snapshots.set(change.key, change.snapshot);
      return;
    }
    const { key, event } = change;
    // A retry that came before the first attempt was durable: it waits for the same sync and appends nothing.
    if (streams.known.has(event.operation)) return;
    const stream = streams.events.get(key) ?? [];
    streams.events.set(key, stream);
    stream.push(event);
    if (event.operation >= 0) streams.known.add(event.operation);
    const position = streams.feed.length + 1;
    streams.feed.push({ position, kind: "append", key, value: event.value, operation: event.operation });
  },
  copy: ({ events, snapshots, known, feed }) => ({
    events: new Map([...events].map(([key, stream]) => [key, stream.slice()])),
    snapshots: new Map(snapshots),
    known: new Set(known),
    feed: feed.slice(),
  }),
};
