import { randomBytes, randomUUID } from "node:crypto";
import { type Refusal, refusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import { levelCard } from "../../shared/match/levelCard.ts";
import { SIM_VERSION } from "../../shared/match/match.ts";
import { CloseCodes, type RoomPhase } from "../../shared/wire/room.ts";
import type { UnfinishedMatch } from "../storage/storage.ts";
import { Countdown } from "./countdown.ts";
import { Crew, type Seat } from "./crew.ts";
import type { House } from "./house.ts";
import { LiveMatch, type MatchListener } from "./liveMatch.ts";
import { type Mode, seatsOf } from "./mode.ts";
import { newSeatToken } from "./seatToken.ts";

/** A seat whose player is away longer than this is played by a bot until they are back. */
const BOT_AFTER_MS = 3_000;
/** How long a room waits with nobody in it. */
const EMPTY_ROOM_MS = 600_000;
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
  /** No newcomers. */
  locked = false;
  level: Level;
  live: LiveMatch | null = null;
  debrief: Debrief | null = null;
  readonly house: House;
  readonly mode: Mode;
  readonly code: string;
  readonly listener: PartyListener;
  readonly countdown: Countdown;
  /** Opens `/metrics/match/<code>`; only the host is told. */
  readonly scrapeToken = newSeatToken();
  /** Given by whoever made the room, so that everybody with the same seed meets the same crises; null: new luck each match. */
  readonly #seed: string | null;
  readonly #stopPulse: () => void;
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
    this.countdown = new Countdown(house.clock);
    this.#emptySinceMs = house.clock.nowMs();
    this.#stopPulse = house.clock.every(1_000, () => this.#pulse());
  }

  /** Sits down again as a party that a dead server left in the middle of a match; everybody is away at first. */
  static async restore(house: House, listener: PartyListener, unfinished: UnfinishedMatch): Promise<Party> {
    const { match: record, seats, log, progressTick: tick } = unfinished;
    const level = house.levels.get(record.levelId)!;
    const { mode, code, seed } = record;
    const party = new Party(house, listener, { mode, code, level, seed });
    party.crew.restore(record.crew, seats, house.clock.nowMs());
    party.live = await LiveMatch.resume(house, party, { level, record, log, tick });
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
    if (here < operatorsMin && this.mode === "shift")
      return refusal("tooFew", `This level needs ${operatorsMin} or more.`);
    this.phase = "countdown";
    this.countdown.start(this.mode === "solo" ? 0 : 3, {
      tell: () => this.crewChanged(),
      begin: () => void this.#begin(),
    });
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
    await this.live?.abandon();
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
    this.countdown.stop();
  }

  /** Begins the match, or goes back to the lobby when nobody is left to play it or it can't be written down. */
  async #begin(): Promise<void> {
    try {
      if (this.crew.seats.length > 0) this.live = await this.#newMatch();
    } catch (error) {
      this.house.report(`Room ${this.code} could not begin its match: ${String(error)}`);
    }
    this.phase = this.live === null ? "lobby" : "match";
    this.crewChanged();
    this.listener.viewsDue();
  }

  #newMatch(): Promise<LiveMatch> {
    const { house, level, code, mode, crew } = this;
    const record = {
      id: randomUUID(),
      code,
      mode,
      levelId: level.id,
      levelVersion: level.version,
      seed: this.#seed ?? randomBytes(5).toString("hex"),
      crew: crew.members(),
      simVersion: SIM_VERSION,
      startedAtMs: house.clock.nowMs(),
    };
    return LiveMatch.begin(house, this, { level, record, seats: crew.holders() });
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
