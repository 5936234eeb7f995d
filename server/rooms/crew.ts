import { dealRoles, type Role } from "../../shared/match/roles.ts";
import type { StoredMember, StoredSeat } from "../storage/storage.ts";
import { distinctName } from "./names.ts";
import { hashOfToken, newSeatToken } from "./seatToken.ts";

/** How long a host may be away, by a reload say, before host-ship passes on. */
export const HOST_AWAY_MS = 20_000;
/** How long a kick can be undone. */
export const KICK_UNDO_MS = 10_000;

/** One player's place in a room. It stays theirs, whatever happens to their socket, until they leave or are removed. */
export interface Seat {
  name: string;
  tokenHash: string;
  roles: readonly Role[];
  ready: boolean;
  /** The connection that sits here now; null while the player is away. */
  sessionId: string | null;
  /** When the player last came or went, ms since 1970. */
  sinceMs: number;
  /** True once the player left for good or was removed: the next newcomer may have the seat. */
  vacant: boolean;
  /** A bot plays here now. */
  bot: boolean;
}

/** Who is in a room. Knows nothing of sockets or matches; every change is told the time. */
export class Crew {
  readonly seats: Seat[] = [];
  host: Seat | null = null;
  /** The last kick, while it can be undone. */
  kicked: { readonly seat: Seat; readonly at: number; readonly untilMs: number } | null = null;
  readonly #removedTokens = new Set<string>();

  /** Adds a seat at the end, with a fresh token that is given away here and never again. */
  sit(name: string, nowMs: number): { seat: Seat; token: string } {
    const token = newSeatToken();
    const seat = emptySeat({ name: this.#distinct(name), tokenHash: hashOfToken(token), sinceMs: nowMs });
    this.seats.push(seat);
    this.host ??= seat;
    return { seat, token };
  }

  /** The crew of a match that was cut short; everybody is away. */
  restore(members: readonly StoredMember[], stored: readonly StoredSeat[], nowMs: number): void {
    members.forEach(({ name, roles }, operator) => {
      const holder = stored.find((one) => one.operator === operator);
      const seat = emptySeat({ name, tokenHash: holder?.tokenHash ?? "", sinceMs: nowMs });
      this.seats.push(Object.assign(seat, { roles, vacant: holder === undefined }));
      if (holder?.host) this.host = seat;
    });
  }

  /** The crew as a match and its log name it. */
  members(): StoredMember[] {
    return this.seats.map(({ name, roles }) => ({ name, roles }));
  }

  /** Who may come back, as the log keeps it. */
  holders(): StoredSeat[] {
    return this.seats.flatMap((seat, operator) =>
      seat.vacant ? [] : [{ operator, tokenHash: seat.tokenHash, host: seat === this.host }],
    );
  }

  rename(seat: Seat, name: string): void {
    seat.name = "";
    seat.name = this.#distinct(name);
  }

  /** Gives a vacant seat, with its roles, to a newcomer. */
  takeOver(seat: Seat, name: string, nowMs: number): string {
    const token = newSeatToken();
    Object.assign(seat, { tokenHash: hashOfToken(token), vacant: false, sinceMs: nowMs });
    this.rename(seat, name);
    return token;
  }

  seatOfToken(token: string): Seat | undefined {
    const hash = hashOfToken(token);
    return this.seats.find((seat) => seat.tokenHash === hash && !seat.vacant);
  }

  seatOfSession(sessionId: string): Seat | undefined {
    return this.seats.find((seat) => seat.sessionId === sessionId);
  }

  isRemoved(token: string): boolean {
    return this.#removedTokens.has(hashOfToken(token));
  }

  connect(seat: Seat, sessionId: string, nowMs: number): void {
    seat.sessionId = sessionId;
    seat.sinceMs = nowMs;
  }

  /** The player's socket is gone; the seat stays theirs. */
  drop(seat: Seat, nowMs: number): void {
    seat.sessionId = null;
    seat.sinceMs = nowMs;
    seat.ready = false;
  }

  /** The player left for good. `keep` leaves the empty seat where it stands, because a match counts on its number. */
  leave(seat: Seat, { keep, nowMs }: { keep: boolean; nowMs: number }): void {
    this.drop(seat, nowMs);
    seat.vacant = true;
    if (!keep) this.seats.splice(this.seats.indexOf(seat), 1);
    if (this.host === seat) this.#passHost();
  }

  kick(seat: Seat, { keep, nowMs }: { keep: boolean; nowMs: number }): void {
    this.#removedTokens.add(seat.tokenHash);
    this.kicked = { seat, at: this.seats.indexOf(seat), untilMs: nowMs + KICK_UNDO_MS };
    this.leave(seat, { keep, nowMs });
  }

  /** Brings the kicked seat back to its place, if it is not too late and nobody has it. */
  undoKick(nowMs: number): boolean {
    const kicked = this.kicked;
    this.kicked = null;
    if (kicked === null || nowMs >= kicked.untilMs || !this.#removedTokens.delete(kicked.seat.tokenHash)) return false;
    kicked.seat.vacant = false;
    if (!this.seats.includes(kicked.seat)) this.seats.splice(kicked.at, 0, kicked.seat);
    return true;
  }

  /** Deals the roles anew, in the order of the seats. */
  dealRoles(): void {
    const roles = dealRoles(this.seats.length);
    this.seats.forEach((seat, index) => (seat.roles = roles[index] ?? []));
  }

  /** Forgets seats that nobody holds any more. */
  clearVacant(): void {
    for (const seat of this.seats.filter((one) => one.vacant)) this.seats.splice(this.seats.indexOf(seat), 1);
  }

  /**
   * What time alone brings about: a kick can no longer be undone, and a host who is away too long loses host-ship to
   * whoever has been here longest (and does not get it back). True when something changed.
   */
  pass(nowMs: number): boolean {
    const before = { host: this.host, kicked: this.kicked };
    if (this.kicked !== null && nowMs >= this.kicked.untilMs) this.kicked = null;
    const host = this.host;
    if (host === null || host.vacant || (host.sessionId === null && nowMs - host.sinceMs >= HOST_AWAY_MS))
      this.#passHost();
    return before.host !== this.host || before.kicked !== this.kicked;
  }

  get connected(): Seat[] {
    return this.seats.filter((seat) => seat.sessionId !== null);
  }

  #passHost(): void {
    const here = this.connected.filter((seat) => seat !== this.host);
    const longest = here.reduce<Seat | null>((a, b) => (a === null || b.sinceMs < a.sinceMs ? b : a), null);
    if (longest !== null) this.host = longest;
    else if (this.host?.vacant) this.host = this.seats.find((seat) => !seat.vacant) ?? null;
  }

  #distinct(name: string): string {
    return distinctName(
      name,
      this.seats.filter((seat) => !seat.vacant).map((seat) => seat.name),
    );
  }
}

function emptySeat({ name, tokenHash, sinceMs }: Pick<Seat, "name" | "tokenHash" | "sinceMs">): Seat {
  return { name, tokenHash, sinceMs, roles: [], ready: false, sessionId: null, vacant: false, bot: false };
}
