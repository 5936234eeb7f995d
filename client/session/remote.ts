import { type ReadonlySignal, signal } from "@preact/signals";
import { Client, type Room } from "colyseus.js";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { View } from "../../shared/match/view.ts";
import { applyPatch, type Patch, type Plain } from "../../shared/wire/delta.ts";
import { unpackView } from "../../shared/wire/packedView.ts";
import type { Answer, CrewState, Pushes, RequestName, SeatTicket } from "../../shared/wire/room.ts";
import { pause, waitBefore } from "./backoff.ts";
import { isFinalClose, isFinalRefusal, isGone } from "./endings.ts";
import { type Entry, EntryRefused } from "./entry.ts";
import { watchLine } from "./lifeline.ts";
import { forgetTicket, keepTicket } from "./seatTicket.ts";
import type { Asked, Session, Standing } from "./session.ts";

/** How long a request waits for its answer, ms. */
const ANSWER_MS = 6_000;
/** How long one attempt to come back is waited for before the next begins beside it, ms. */
const ATTEMPT_MS = 3_000;
/** How long entering may take before the person is told, ms. */
const ENTRY_MS = 15_000;

const OFFLINE: Answer = { ok: false, code: "offline", sentence: "The line is down: that was not sent." };
const UNANSWERED: Answer = {
  ok: false,
  code: "unanswered",
  sentence: "No answer came: it may or may not have been done.",
};

/**
 * Enters a room of this page's own server and keeps the seat through refreshes and lost networks. Rejects with
 * `EntryRefused`.
 */
export async function enter(entry: Entry): Promise<Session> {
  const client = new Client(window.location.origin);
  try {
    const room = await within(ENTRY_MS, knock(client, entry));
    return new RemoteSession(client, room, entry.options.name ?? "");
  } catch (error) {
    throw EntryRefused.from(error);
  }
}

function knock(client: Client, entry: Entry): Promise<Room> {
  return entry.kind === "create"
    ? client.create(entry.mode, entry.options)
    : client.joinById(entry.code, entry.options);
}

/** A session over a socket to the server. The SDK's own reconnection is off: the seat's token outlives any socket. */
class RemoteSession implements Session {
  readonly #client: Client;
  readonly #standing = signal<Standing>({ kind: "seated" });
  readonly #crew = signal<CrewState | null>(null);
  readonly #view = signal<View | null>(null);
  /** The view as it came, on which the next difference is laid. */
  #packed: Plain = null;
  readonly #debrief = signal<Debrief | null>(null);
  #room!: Room;
  #ticket: SeatTicket | null = null;
  #unwatch: () => void = () => {};
  /** Given up by its person: nothing that still arrives matters. */
  #left = false;
  readonly #name: string;

  constructor(client: Client, room: Room, name: string) {
    this.#client = client;
    this.#name = name;
    this.#adopt(room);
  }

  get standing(): ReadonlySignal<Standing> {
    return this.#standing;
  }
  get crew(): ReadonlySignal<CrewState | null> {
    return this.#crew;
  }
  get view(): ReadonlySignal<View | null> {
    return this.#view;
  }
  get debrief(): ReadonlySignal<Debrief | null> {
    return this.#debrief;
  }

  async request<Name extends RequestName>(name: Name, payload: Asked[Name]): Promise<Answer> {
    if (this.#standing.value.kind !== "seated") return OFFLINE;
    try {
      return await this.#room.request<Asked[Name], Answer>(name, payload, { timeout: ANSWER_MS });
    } catch {
      return UNANSWERED;
    }
  }

  leave(): void {
    this.#left = true;
    this.#unwatch();
    if (this.#ticket !== null) forgetTicket(this.#ticket.token);
    void this.#room.leave(true);
  }

  /** Takes a joined room as the line from now on. A line before it is dropped without another thought. */
  #adopt(room: Room): void {
    this.#unwatch();
    this.#room = room;
    room.reconnection.enabled = false;
    this.#standing.value = { kind: "seated" };
    const on = <Name extends keyof Pushes>(name: Name, take: (push: Pushes[Name]) => void): void => {
      room.onMessage<Pushes[Name]>(name, (push) => {
        if (this.#room === room && !this.#left) take(push);
      });
    };
    on("ticket", (ticket) => this.#keep(ticket));
    on("crew", (crew) => this.#takeCrew(crew));
    on("debrief", (debrief) => (this.#debrief.value = debrief));
    on("view", ({ full, patch }) => {
      const packed = (full as Plain | undefined) ?? applyPatch(this.#packed, patch as Patch);
      this.#packed = packed;
      this.#view.value = unpackView(packed);
    });
    room.onLeave((code, reason) => {
      if (this.#room === room && !this.#left) this.#dropped(code, reason ?? "");
    });
    this.#unwatch = watchLine(room, () => {
      void room.leave(false);
      if (this.#room === room && !this.#left) this.#dropped(0, "");
    });
  }

  #keep(ticket: SeatTicket): void {
    this.#ticket = ticket;
    keepTicket({ ...ticket, name: this.#name });
  }

  #takeCrew(crew: CrewState): void {
    const before = this.#crew.value?.phase;
    if (crew.phase !== before && (crew.phase === "lobby" || crew.phase === "countdown")) {
      this.#view.value = null;
      this.#debrief.value = null;
    }
    this.#crew.value = crew;
  }

  #dropped(code: number, reason: string): void {
    this.#unwatch();
    if (this.#standing.value.kind !== "seated") return;
    if (isFinalClose(code)) this.#end(code, reason);
    else void this.#comeBack();
  }

  #end(code: number, sentence: string): void {
    // Who was removed keeps the ticket: the host may undo it.
    if (this.#ticket !== null && isGone(code)) forgetTicket(this.#ticket.token);
    this.#standing.value = { kind: "ended", code, sentence };
  }

  /** Tries the seat again until it is back, or until the server says that it never will be. */
  async #comeBack(): Promise<void> {
    this.#standing.value = { kind: "reconnecting" };
    const ticket = this.#ticket;
    if (ticket === null) return this.#end(0, "The line went down before a seat was yours. Please join again.");
    for (let attempt = 0; this.#standing.value.kind === "reconnecting" && !this.#left; attempt += 1) {
      await pause(waitBefore(attempt));
      await this.#tryAgain(ticket);
    }
  }

  async #tryAgain({ code, token }: SeatTicket): Promise<void> {
    const knocking = this.#client.joinById(code, { seat: token, takeOver: true }).then((room) => {
      if (this.#left) void room.leave(true);
      else this.#adopt(room);
    });
    try {
      await within(ATTEMPT_MS, knocking);
    } catch (error) {
      const refused = EntryRefused.from(error);
      if (isFinalRefusal(refused.code)) this.#end(refused.code, refused.message);
    }
  }
}

/** Rejects when something takes too long; whatever it was goes on, and may still succeed. */
function within<Result>(ms: number, promise: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(() => reject(new EntryRefused(0, "The server takes too long to answer.")), ms);
    promise.then(resolve, reject).finally(() => window.clearTimeout(timer));
  });
}
