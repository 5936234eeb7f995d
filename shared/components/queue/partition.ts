import type { Us } from "../../core/time.ts";
import type { Ledgered } from "../durable.ts";

/** One message of a log. It is never changed; whoever reads it tells it from others by its offset. */
export interface Letter {
  /** Place in its partition, counted from 0. */
  readonly offset: number;
  /** The operation that published it: the idempotency key of its effects. */
  readonly operation: number;
  readonly key: number;
  readonly value: number | null;
  readonly priority: number;
  readonly publishedAtUs: Us;
  /** The one group that gets it, for a dead letter put back; −1 for all. */
  readonly only: number;
}

/** How far a consumer group has come in a partition. */
export interface Cursor {
  /** Offset of the first message that it has not done with. */
  committed: number;
  /** Messages that it gave up, oldest first. */
  dead: Letter[];
}

/** A partition: one ordered log, and a cursor per group. What all groups have done with is dropped. */
export interface Partition {
  /** Offset of `letters[0]`. */
  first: number;
  letters: Letter[];
  cursors: Cursor[];
}

/** What a broker keeps on its disk: its partitions by number, and the generation of each group that it coordinates. */
export interface BrokerDisk {
  readonly partitions: Map<number, Partition>;
  readonly generations: number[];
}

/** A change of it, as it stands in the log of the broker's disk. */
export type BrokerChange =
  | { readonly type: "publish"; readonly partition: number; readonly letter: Letter }
  | { readonly type: "commit"; readonly partition: number; readonly group: number; readonly offset: number }
  | { readonly type: "bury"; readonly partition: number; readonly group: number; readonly letter: Letter }
  | { readonly type: "replay"; readonly partition: number; readonly group: number }
  | { readonly type: "generation"; readonly group: number; readonly generation: number };

/** Offset that the next message will get. */
export function endOf({ first, letters }: Partition): number {
  return first + letters.length;
}

/** Messages that the slowest group has not done with; all there are while nobody consumes. */
export function depthOf(partition: Partition): number {
  return endOf(partition) - slowest(partition);
}

/** A copy that puts a dead letter back at the end of its partition, for the group that gave it up alone. */
export function putBack(letter: Letter, offset: number, only: number): Letter {
  return { ...letter, offset, only };
}

/** The rules of a broker's disk, for these partitions and this many groups; a group reads from the start. */
export function brokerDisk(numbers: readonly number[], groups: () => number): Ledgered<BrokerDisk, BrokerChange> {
  return {
    empty: () => ({
      partitions: new Map(numbers.map((number) => [number, { first: 0, letters: [], cursors: [] }])),
      generations: [],
    }),
    apply: (disk, change) => applyChange(disk, change, groups()),
    copy: ({ partitions, generations }) => ({
      partitions: new Map([...partitions].map(([number, partition]) => [number, copyOf(partition)])),
      generations: generations.slice(),
    }),
  };
}

/** The cursor of a group, which begins at the first message. */
export function cursorOf(partition: Partition, group: number): Cursor {
  while (partition.cursors.length <= group) partition.cursors.push({ committed: 0, dead: [] });
  return partition.cursors[group]!;
}

function applyChange(disk: BrokerDisk, change: BrokerChange, groups: number): void {
  if (change.type === "generation") {
    disk.generations[change.group] = change.generation;
    return;
  }
  const partition = disk.partitions.get(change.partition)!;
  if (groups > 0) cursorOf(partition, groups - 1);
  switch (change.type) {
    case "publish":
      partition.letters.push(change.letter);
      break;
    case "commit": {
      const cursor = cursorOf(partition, change.group);
      cursor.committed = Math.max(cursor.committed, Math.min(change.offset, endOf(partition)));
      dropDone(partition);
      break;
    }
    case "bury":
      cursorOf(partition, change.group).dead.push(change.letter);
      break;
    case "replay": {
      const cursor = cursorOf(partition, change.group);
      for (const letter of cursor.dead) partition.letters.push(putBack(letter, endOf(partition), change.group));
      cursor.dead = [];
    }
  }
}

function slowest({ first, cursors }: Partition): number {
  return cursors.length === 0 ? first : cursors.reduce((least, { committed }) => Math.min(least, committed), Infinity);
}

function dropDone(partition: Partition): void {
  const done = slowest(partition) - partition.first;
  if (done <= 0) return;
  partition.letters.splice(0, done);
  partition.first += done;
}

function copyOf({ first, letters, cursors }: Partition): Partition {
  return {
    first,
    letters: letters.slice(),
    cursors: cursors.map(({ committed, dead }) => ({ committed, dead: dead.slice() })),
  };
}
