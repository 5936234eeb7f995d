import type { ReplicaId } from "./protocol.ts";

/**
 * What a leader or primary knows of each replica that copies its log, by replica id (its own place included).
 * Appends are pipelined: the next is sent before the last was answered. Every answer names the newest round it has
 * heard; rounds are counted over the whole group, so that an answer also says "at that time I still followed you".
 */
export interface Progress {
  /** Index of the next entry to send. */
  readonly nextIndex: number[];
  /** Highest index known to be durable there. */
  readonly matchIndex: number[];
  /** Newest round that was answered. */
  readonly answeredRound: number[];
  /** Rounds of the appends that were sent and not answered yet, oldest first: `WINDOW` of them, and heartbeats. */
  readonly inFlight: number[][];
  /** Something waits for room in the window. */
  readonly owed: boolean[];
  /** It is not known where the logs part: one append at a time, until one is accepted. */
  readonly probing: boolean[];
  /** Heartbeats since it was last heard. */
  readonly silentBeats: number[];
  /** Newest round sent. */
  round: number;
}

/**
 * Appends under way to one replica. What comes while the window is full waits and goes together, so far replicas get
 * fewer and larger messages; the wait is at most an eighth of a round trip.
 */
const WINDOW = 8;

/** After so many heartbeats without an answer only heartbeats are sent, without entries. */
const SILENT_AFTER = 4;

/** Entries in one append. A replica that was away catches up in messages of this many. */
export const ENTRIES_PER_APPEND = 256;

/** Progress at the start of a term or view: everybody is assumed to hold the log up to its end, nothing is known. */
export function createProgress(replicas: number, lastIndex: number): Progress {
  const each = <Value>(value: Value) => new Array<Value>(replicas).fill(value);
  return {
    nextIndex: each(lastIndex + 1),
    matchIndex: each(0),
    answeredRound: each(0),
    inFlight: Array.from({ length: replicas }, () => []),
    owed: each(false),
    probing: each(false),
    silentBeats: each(0),
    round: 0,
  };
}

/** True when another append may be sent to this replica now. */
export function windowOpen(progress: Progress, replica: ReplicaId): boolean {
  const room = progress.probing[replica] ? 1 : WINDOW;
  return !isSilent(progress, replica) && progress.inFlight[replica]!.length < room;
}

/** True when a replica has not answered for several heartbeats. */
export function isSilent(progress: Progress, replica: ReplicaId): boolean {
  return (progress.silentBeats[replica] ?? 0) >= SILENT_AFTER;
}

/** Records an append that left with `entries` entries. While probing, the same entries are sent until accepted. */
export function sent(progress: Progress, replica: ReplicaId, entries: number): void {
  progress.inFlight[replica]!.push(progress.round);
  progress.owed[replica] = false;
  if (!progress.probing[replica]) progress.nextIndex[replica] = (progress.nextIndex[replica] ?? 1) + entries;
}

/** Records an answer to the appends up to `round`. */
export function heard(progress: Progress, replica: ReplicaId, round: number): void {
  progress.silentBeats[replica] = 0;
  const inFlight = progress.inFlight[replica]!;
  while (inFlight.length > 0 && inFlight[0]! <= round) inFlight.shift();
  progress.answeredRound[replica] = Math.max(progress.answeredRound[replica] ?? 0, round);
}

/** Records that a replica holds the log durably up to `index`. */
export function accepted(progress: Progress, replica: ReplicaId, index: number): void {
  progress.matchIndex[replica] = Math.max(progress.matchIndex[replica] ?? 0, index);
  progress.nextIndex[replica] = Math.max(progress.nextIndex[replica] ?? 1, index + 1);
  progress.probing[replica] = false;
}

/**
 * Records that a replica's log parts from ours after `index` at the latest. True when that is news: then the entries
 * from there on are to be sent; answers to the rest of the pipeline tell the same again and are not news.
 */
export function rejected(progress: Progress, replica: ReplicaId, index: number): boolean {
  const next = Math.max(index, progress.matchIndex[replica] ?? 0) + 1;
  const news = !progress.probing[replica] || next < (progress.nextIndex[replica] ?? 1);
  if (news) {
    progress.nextIndex[replica] = next;
    progress.probing[replica] = true;
    progress.inFlight[replica]!.length = 0;
  }
  return news;
}

/** One heartbeat goes out. A replica that has been silent is waited for no longer, but probed. */
export function beat(progress: Progress, replica: ReplicaId): void {
  progress.silentBeats[replica] = (progress.silentBeats[replica] ?? 0) + 1;
  if (!isSilent(progress, replica)) return;
  progress.inFlight[replica]!.length = 0;
  progress.probing[replica] = true;
  progress.nextIndex[replica] = (progress.matchIndex[replica] ?? 0) + 1;
}
