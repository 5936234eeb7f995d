import { randomBytes, randomUUID } from "node:crypto";
import { type Refusal, refusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import { levelCard } from "../../shared/match/levelCard.ts";
import { SIM_VERSION } from "../../shared/match/match.ts";
import type { LevelCard } from "../../shared/match/view.ts";
import { CloseCodes, type RoomPhase } from "../../shared/wire/room.ts";
import type { UnfinishedMatch } from "../storage/storage.ts";
import { Crew, type Seat } from "./crew.ts";
import type { House } from "./house.ts";
import { LiveMatch, type MatchListener } from "./liveMatch.ts";

/** A seat whose player is away longer than this is played by a bot until they are back. */
const BOT_AFTER_MS = 3_000;
/** How long a room waits with nobody in it. */
const EMPTY_ROOM_MS = 600_000;
/** Seats of a shift, whatever the level allows. */
const SHIFT_SEATS_MAX = 8;

export type Mode = "solo" | "shift";

/** How many can play a level together. */
export function seatsOf(mode: Mode, { operatorsMax }: LevelCard): number {
  return mode === "solo" ? 1 : Math.min(SHIFT_SEATS_MAX, operatorsMax);
}

/** What a party tells the room that carries it over the wire. */
export interface PartyListener {
  crewChanged(): void;
  viewsDue(): void;
  debriefReady(): void;
  /** This connection lost its seat. */
  unseated(sessionId: string, code: number, sentence: string): void;
  /** The party is over; everybody goes home. */
  dissolved(sentence: string): void;
}

/**
 * People who play together, from lobby through countdown and match to the debrief, and round again. Holds every rule of
 * who may do what when, and knows nothing of sockets.
 */
export class Party implements MatchListener {
  readonly crew = new Crew();
  phase: RoomPhase = "lobby";
  /** Seconds left of the 3-2-1. */
  countdown = 0;
  /** No newcomers. */
  locked = false;
  level: Level;
  live: LiveMatch | null = null;
  debrief: Debrief | null = null;
  readonly house: House;
  readonly mode: Mode;
  readonly code: string;
  readonly listener: PartyListener;
  /** Given by whoever made the room, so that everybody with the same seed meets the same crises; null: new luck each match. */
  readonly #seed: string | null;
  readonly #stopPulse: () => void;
  #stopCountdown: () => void = () => {};
  #emptySinceMs: number;

  constructor(
    house: House,
    listener: PartyListener,
    { mode, code, level, seed }: { mode: Mode; code: string; level: Level; seed: string | null },
  ) {
    this.house = house;
    this.listener = listener;
    this.mode = mode;
    this.code = code;
    this.level = level;
    this.#seed = seed;
    this.#emptySinceMs = house.clock.nowMs();
    this.#stopPulse = house.clock.every(1_000, () => this.#pulse());
  }

  /** Sits down again as a party that a dead server left in the middle of a match; everybody is away at first. */
  static restore(house: House, listener: PartyListener, { match, seats, log, progressTick }: UnfinishedMatch): Party {
    const level = house.levels.get(match.levelId)!;
    const { mode, code, seed } = match;
    const party = new Party(house, listener, { mode, code, level, seed });
    party.crew.restore(match.crew, seats, house.clock.nowMs());
    party.live = LiveMatch.resume(house, party, { level, record: match, log, tick: progressTick });
    party.phase = "match";
    return party;
  }

  get seatsMax(): number {
    return seatsOf(this.mode, levelCard(this.level));
  }

  /** While a match counts on the numbers of the seats, an empty one stays where it is. */
  get keepsSeats(): boolean {
    return this.phase === "match" || this.phase === "debrief";
  }

  /** There are more or fewer seats than before: outside a match, the roles are dealt anew. */
  seatsChanged(): void {
    if (!this.keepsSeats) this.crew.dealRoles();
    this.crewChanged();
  }

  /** Somebody came, went or changed: bots take over or step back, and everybody is told. */
  crewChanged(): void {
    const nowMs = this.house.clock.nowMs();
    this.crew.seats.forEach((seat, operator) => {
      const away = seat.sessionId === null && (seat.vacant || nowMs - seat.sinceMs >= BOT_AFTER_MS);
      seat.bot = this.phase === "match" && away;
      if (this.phase !== "match" || this.live === null || operator >= this.live.operators) return;
      this.live.seat(operator, { name: seat.name, bot: seat.bot, connected: seat.sessionId !== null });
    });
    this.listener.crewChanged();
  }

  /** The crew of a running match changed hands or grew: its log must know. */
  async crewOfMatchChanged(): Promise<void> {
    if (this.phase !== "match") return;
    await this.live?.changeCrew(this.crew.members(), this.crew.holders()).catch((error: unknown) => {
      this.house.report(`Room ${this.code} could not write down who sits where: ${String(error)}`);
    });
  }

  start(): Refusal | undefined {
    if (this.phase !== "lobby") return refusal("notInLobby", "The match has started already.");
    const { operatorsMin } = levelCard(this.level);
    const here = this.crew.seats.length;
    if (here > this.seatsMax) return refusal("tooMany", `This level takes at most ${this.seatsMax}; ${here} are here.`);
    if (this.mode === "shift" && here < operatorsMin)
      return refusal("tooFew", `This level needs at least ${operatorsMin} operators.`);
    this.phase = "countdown";
    this.countdown = this.mode === "solo" ? 0 : 3;
    this.#countDown();
    return undefined;
  }

  /** Back to the lobby with everybody who is still here. */
  again(): Refusal | undefined {
    if (this.phase !== "debrief") return refusal("notInDebrief", "Play again when the debrief is there.");
    this.phase = "lobby";
    this.live = null;
    this.debrief = null;
    this.crew.clearVacant();
    for (const seat of this.crew.seats) seat.ready = false;
    this.seatsChanged();
    return undefined;
  }

  viewsDue(): void {
    this.listener.viewsDue();
  }

  ended(debrief: Debrief): void {
    this.phase = "debrief";
    this.debrief = debrief;
    this.crewChanged();
    this.listener.viewsDue();
    this.listener.debriefReady();
  }

  broke(error: unknown): void {
    this.house.report(`The match in room ${this.code} broke and was given up: ${String(error)}`);
    void this.dissolve("The match broke. That is our fault: please open a new room.");
  }

  /** The end of the room. A match that still runs is given up. */
  async dissolve(sentence: string): Promise<void> {
    this.#stop();
    if (this.phase === "match") await this.live?.abandon().catch(() => {});
    this.listener.dissolved(sentence);
  }

  /** The server stops: the match stays unfinished on disk and goes on under the same code at the next start. */
  async suspend(): Promise<void> {
    this.#stop();
    await this.live?.suspend();
  }

  unseat(seat: Seat, code: keyof typeof CloseCodes, sentence: string): void {
    const { sessionId } = seat;
    seat.sessionId = null;
    if (sessionId !== null) this.listener.unseated(sessionId, CloseCodes[code], sentence);
  }

  #stop(): void {
    this.#stopPulse();
    this.#stopCountdown();
  }

  #countDown(): void {
    if (this.countdown === 0) {
      void this.#begin();
      return;
    }
    this.crewChanged();
    this.#stopCountdown = this.house.clock.after(1_000, () => {
      this.countdown -= 1;
      this.#countDown();
    });
  }

  async #begin(): Promise<void> {
    const { house, level, code, mode } = this;
    const record = {
      id: randomUUID(),
      code,
      mode,
      levelId: level.id,
      levelVersion: level.version,
      seed: this.#seed ?? randomBytes(5).toString("hex"),
      crew: this.crew.members(),
      simVersion: SIM_VERSION,
      startedAtMs: house.clock.nowMs(),
    };
    try {
      this.live = await LiveMatch.begin(house, this, { level, record, seats: this.crew.holders() });
      this.phase = "match";
    } catch (error) {
      house.report(`A match could not be written down, so it was not begun: ${String(error)}`);
      this.phase = "lobby";
    }
    this.crewChanged();
    this.listener.viewsDue();
  }

  #pulse(): void {
    const nowMs = this.house.clock.nowMs();
    const kicking = this.crew.kicked !== null;
    const missing = this.phase === "match" && this.crew.seats.some((seat) => seat.sessionId === null && !seat.bot);
    if (this.crew.pass(nowMs) || kicking || missing) this.crewChanged();
    if (this.crew.connected.length > 0) this.#emptySinceMs = nowMs;
    if (nowMs - this.#emptySinceMs >= EMPTY_ROOM_MS) {
      void this.dissolve("Nobody was here for ten minutes, so the room closed.");
    }
  }
}
