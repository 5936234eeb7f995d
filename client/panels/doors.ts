import { type ReadonlySignal, signal } from "@preact/signals";
import { pause, waitBefore } from "../session/backoff.ts";
import { isFinalRefusal, isGone, isOpenElsewhere } from "../session/endings.ts";
import type { Entry } from "../session/entry.ts";
import { forgetTicket, type KeptTicket, leaveTab, ticketOfBrowser, ticketOfTab } from "../session/seatTicket.ts";
import type { Session } from "../session/session.ts";
import { keepName, offeredName } from "./names.ts";

/** Why a door stayed shut. */
export interface Shut {
  readonly sentence: string;
  /** Somebody, most likely the same person, has the seat open elsewhere: offer to take it over. */
  readonly elsewhere: boolean;
}

/** The ways into and out of a room, as the screens know them. */
export interface Doors {
  /** The room this page sits in, or null. */
  readonly session: ReadonlySignal<Session | null>;
  /** True while an answer is waited for. */
  readonly busy: ReadonlySignal<boolean>;
  readonly refused: ReadonlySignal<Shut | null>;
  /** A seat of an earlier visit that can be taken up again. */
  readonly earlier: ReadonlySignal<KeptTicket | null>;
  host(name: string, level?: string): void;
  join(code: string, name: string): void;
  playAlone(level: string): void;
  /** Back to a seat; `takeOver` even if it is open in another tab. */
  takeUp(ticket: KeptTicket, takeOver: boolean): void;
  /** Gives the seat up for good. */
  leave(): void;
  /** Leaves a room that has ended by itself; a seat that is still held elsewhere stays held. */
  goHome(): void;
  /** The name that this person goes by. */
  name(): string;
  /** Forgets what was refused, when the person goes on to something else. */
  forgive(): void;
}

type Enter = (entry: Entry) => Promise<Session>;

/** Opens the doors of the page. `enter` is fetched on first use, since it brings the network client along. */
export function openDoors(fetchEnter: () => Promise<Enter>): Doors {
  const session = signal<Session | null>(null);
  const busy = signal(false);
  const refused = signal<Shut | null>(null);
  const earlier = signal<KeptTicket | null>(ticketOfBrowser());

  const go = async (entry: Entry): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    refused.value = null;
    for (let attempt = 1; !(await tryDoor(entry)); attempt += 1) await pause(waitBefore(attempt));
    busy.value = false;
  };
  /** False when it is worth trying again: a seat is held, so only its room being gone is final. */
  const tryDoor = async (entry: Entry): Promise<boolean> => {
    try {
      const enter = await fetchEnter();
      session.value = await enter(entry);
      refused.value = null;
      cleanAddress(entry);
      return true;
    } catch (error) {
      const { code = 0, message } = error as { code?: number; message: string };
      refused.value = { sentence: message, elsewhere: isOpenElsewhere(code) };
      const { seat } = entry.options;
      if (seat === undefined) return true;
      if (isGone(code)) forgetTicket(seat);
      earlier.value = ticketOfBrowser();
      return isFinalRefusal(code);
    }
  };
  const seed = new URLSearchParams(window.location.search).get("seed");
  const luck = seed === null ? {} : { seed };

  return {
    session,
    busy,
    refused,
    earlier,
    host(name, level) {
      keepName(name);
      void go({ kind: "create", mode: "shift", options: { name, ...luck, ...(level === undefined ? {} : { level }) } });
    },
    join(code, name) {
      keepName(name);
      void go({ kind: "join", code, options: { name } });
    },
    playAlone(level) {
      void go({ kind: "create", mode: "solo", options: { name: offeredName(), level, ...luck } });
    },
    takeUp({ code, token, name }, takeOver) {
      void go({ kind: "join", code, options: { name, seat: token, takeOver } });
    },
    leave() {
      session.value?.leave();
      session.value = null;
      earlier.value = ticketOfBrowser();
      window.history.replaceState(null, "", window.location.pathname);
    },
    goHome() {
      leaveTab();
      session.value = null;
      earlier.value = ticketOfBrowser();
    },
    name: () => offeredName(),
    forgive() {
      refused.value = null;
    },
  };
}

/** Whether this page is one that was refreshed: its own old line may still look alive to the server. */
export function wasRefreshed(): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return visit?.type === "reload" || visit?.type === "back_forward";
}

/** The seat that this tab sat in before it was loaded anew, if any. */
export function seatOfThisTab(): KeptTicket | null {
  return ticketOfTab();
}

/** A code in the address would call everybody who opens it into a room that this page is not in. */
function cleanAddress(entry: Entry): void {
  const address = new URL(window.location.href);
  if (entry.kind !== "join") address.searchParams.delete("join");
  window.history.replaceState(null, "", address);
}
