import { msOf, type Ms, type Us } from "../../core/time.ts";
import type { Request } from "../../sim/message.ts";

/** How requests wait for a worker, and who goes when there is no room. */
export interface WaitingPolicy {
  /** Requests that may wait. */
  queueCap: number;
  /**
   * `fifo` is fair, and in an overload lets everybody wait until it is too late; `lifo` serves the newest, who still
   * wait, and gives up on the oldest.
   */
  discipline: "fifo" | "lifo";
  /** Full: whoever has the lowest priority goes, not whoever came last. */
  shedByPriority: boolean;
  /** Nothing is begun, and nobody is asked, for a request whose sender has stopped waiting. */
  dropAbandoned: boolean;
}

/** A request and since when it waits. */
export interface Waiting {
  readonly request: Request;
  readonly sinceUs: Us;
}

/** When the sender of a request stops waiting for it, as far as it said: the way here is not counted. */
export function givesUpAtUs({ request, sinceUs }: Waiting): Us {
  return sinceUs + request.patienceUs;
}

/** Requests that wait for a worker, in order of arrival. */
export type WaitingRoom = Waiting[];

/** Lets a request in; the answer is the one that has to go for it, or the request itself, or null. */
export function letIn(room: WaitingRoom, waiting: Waiting, policy: WaitingPolicy): Waiting | null {
  if (room.length < policy.queueCap) {
    room.push(waiting);
    return null;
  }
  const least = policy.shedByPriority ? leastOf([...room, waiting]) : waiting.request.priority;
  const place = placeOfShed(room, waiting, least, policy);
  if (place < 0) return waiting;
  const shed = room[place]!;
  room.splice(place, 1);
  room.push(waiting);
  return shed;
}

/** The next to be served, and all that are passed over because nobody waits for them any more. */
export function takeNext(
  room: WaitingRoom,
  policy: WaitingPolicy,
  nowUs: Us,
): { next: Waiting | null; dropped: Waiting[] } {
  const dropped: Waiting[] = [];
  for (;;) {
    const next = (policy.discipline === "lifo" ? room.pop() : room.shift()) ?? null;
    if (next === null || !policy.dropAbandoned || givesUpAtUs(next) > nowUs) return { next, dropped };
    dropped.push(next);
  }
}

/** Time left to work for a request; Infinity when nobody minds. */
export function timeLeftMs(giveUpAtUs: Us, nowUs: Us): Ms {
  return giveUpAtUs === Infinity ? Infinity : msOf(Math.max(0, giveUpAtUs - nowUs));
}

function leastOf(all: readonly Waiting[]): number {
  return all.reduce((least, { request }) => Math.min(least, request.priority), Infinity);
}

/** Place of the one that goes, or −1 for the newcomer: of equals the newest, or the oldest where the newest is served first. */
function placeOfShed(room: WaitingRoom, { request }: Waiting, least: number, policy: WaitingPolicy): number {
  const fits = (waiting: Waiting): boolean => !policy.shedByPriority || waiting.request.priority === least;
  if (policy.discipline === "lifo") return room.findIndex(fits);
  if (!policy.shedByPriority || request.priority === least) return -1;
  return room.findLastIndex(fits);
}
