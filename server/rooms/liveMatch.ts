import { isRefusal, type Refusal, refusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Bot } from "../../shared/match/bot.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { Intent, LoggedIntent } from "../../shared/match/intent.ts";
import { Match, TICK_MS } from "../../shared/match/match.ts";
import { Replay } from "../../shared/match/replay.ts";
import type { View } from "../../shared/match/view.ts";
import type { MatchRecord, StoredMember, StoredSeat } from "../storage/storage.ts";
import { approach } from "./approach.ts";
import type { House } from "./house.ts";
import { MatchLog } from "./matchLog.ts";
import { Pace } from "./pace.ts";

/** Views go out every so many turns of the 50 ms timer: ten times a second. */
const TURNS_PER_VIEW = 2;
/** How often the log notes how far the match has come: every second at speed 1. */
const TICKS_PER_NOTE = 20;

/** Who plays an operator's seat now. */
export interface Presence {
  readonly name: string;
  readonly bot: boolean;
  readonly connected: boolean;
}

/** What a live match tells its room. */
export interface MatchListener {
  viewsDue(): void;
  ended(debrief: Debrief): void;
  /** A bug in the rules threw: this match is lost, the others go on. */
  broke(error: unknown): void;
}

/** A match on the real clock, written down as it is played, with bots in the seats whose players are away. */
export class LiveMatch {
  readonly level: Level;
  readonly #house: House;
  readonly #listener: MatchListener;
  readonly #pace: Pace;
  readonly #log: MatchLog;
  readonly #bots = new Map<number, Bot>();
  readonly #stopTimer: () => void;
  #record: MatchRecord;
  #match: Match;
  /** Crews grow one after the other. */
  #grown: Promise<void> = Promise.resolve();
  #turns = 0;
  #done = false;

  private constructor(
    house: House,
    listener: MatchListener,
    { level, record, match }: { level: Level; record: MatchRecord; match: Match },
  ) {
    this.#house = house;
    this.#listener = listener;
    this.level = level;
    this.#record = record;
    this.#match = match;
    this.#log = new MatchLog(house.storage, record.id, match.log.length);
    this.#pace = new Pace(house.clock.nowMs());
    this.#stopTimer = house.clock.every(TICK_MS, () => this.#turn());
  }

  /** Begins a match, once it is written down that it began. */
  static async begin(
    house: House,
    listener: MatchListener,
    { level, record, seats }: { level: Level; record: MatchRecord; seats: readonly StoredSeat[] },
  ): Promise<LiveMatch> {
    await house.storage.beginMatch(record, seats);
    return new LiveMatch(house, listener, { level, record, match: new Match(level, record.seed, record.crew) });
  }

  /** Goes on with a match where it was last noted, or where its log ends if that is later. */
  static async resume(
    house: House,
    listener: MatchListener,
    { level, record, log, tick }: { level: Level; record: MatchRecord; log: readonly LoggedIntent[]; tick: number },
  ): Promise<LiveMatch> {
    const replay = new Replay(new Match(level, record.seed, record.crew), log);
    const untilTick = Math.max(tick, log.at(-1)?.tick ?? 0);
    await approach(replay, () => untilTick);
    return new LiveMatch(house, listener, { level, record, match: replay.run(untilTick) });
  }

  get id(): string {
    return this.#record.id;
  }

  /** How many operators the match has; a view exists for each. */
  get operators(): number {
    return this.#record.crew.length;
  }

  /** The match as it stands; to look at, never to change. */
  get match(): Match {
    return this.#match;
  }

  view(operator: number): View {
    return this.#match.view(operator);
  }

  /** Done and on disk, or refused. */
  async intend(operator: number, intent: Intent): Promise<Refusal | undefined> {
    if (this.#done) return refusal("matchOver", "The match is over.");
    const logged = this.#match.intend(operator, intent);
    if (isRefusal(logged)) return logged;
    try {
      await this.#log.append(logged);
      return undefined;
    } catch {
      return refusal("notRecorded", "Done, but it could not be written down, so this match can't be replayed.");
    }
  }

  /** Who plays a seat now; a bot starts or stops accordingly. */
  seat(operator: number, presence: Presence): void {
    this.#match.seat(operator, presence);
    if (!presence.bot) this.#bots.delete(operator);
    else if (!this.#bots.has(operator)) this.#bots.set(operator, new Bot(this.level, operator));
  }

  setPace(pace: { readonly paused?: boolean; readonly speed?: number }): void {
    this.#pace.change(this.#house.clock.nowMs(), pace);
    this.#match.setPace({ paused: this.#pace.paused, speed: this.#pace.speed });
    this.#listener.viewsDue();
  }

  /** The crew changed hands or grew. A longer crew is the same match played again with more operators in it. */
  async changeCrew(crew: readonly StoredMember[], seats: readonly StoredSeat[]): Promise<void> {
    if (crew.length > this.operators) {
      this.#grown = this.#grown.then(() => this.#grow(crew));
      await this.#grown;
    }
    await this.#log.changeCrew(crew, seats);
  }

  /** Ends now and keeps the score. */
  endEarly(): void {
    this.#match.end();
    this.#finish();
  }

  /** Stops the clock and leaves the match unfinished on disk, exactly as far as it came. */
  async suspend(): Promise<void> {
    if (!this.#stop()) return this.#log.settled();
    await this.#log.noteProgress(this.#match.tick);
  }

  /** Gives the match up: nobody will come back to it. */
  async abandon(): Promise<void> {
    if (this.#stop()) await this.#log.abandon();
  }

  async #grow(crew: readonly StoredMember[]): Promise<void> {
    const replay = new Replay(new Match(this.level, this.#record.seed, crew), this.#match.log);
    await approach(replay, () => this.#match.tick);
    if (this.#done) return;
    this.#match = replay.run(this.#match.tick);
    this.#record = { ...this.#record, crew };
  }

  #turn(): void {
    try {
      for (let due = this.#pace.due(this.#house.clock.nowMs()); due > 0 && !this.#match.over; due -= 1) this.#tick();
      this.#turns += 1;
      if (this.#match.over) this.#finish();
      else if (this.#turns % TURNS_PER_VIEW === 0) this.#listener.viewsDue();
    } catch (error) {
      this.#listener.broke(error);
    }
  }

  #tick(): void {
    for (const [operator, bot] of this.#bots) {
      const intent = bot.think(this.#match.view(operator));
      if (intent === undefined) continue;
      this.intend(operator, intent)
        .then((refused) => {
          if (refused !== undefined) bot.refused(intent);
        })
        .catch((error: unknown) => this.#listener.broke(error));
    }
    this.#match.advance();
    if (this.#match.tick % TICKS_PER_NOTE === 0) void this.#log.noteProgress(this.#match.tick);
  }

  #finish(): void {
    if (!this.#stop()) return;
    const debrief = this.#match.debrief();
    const { score, stateHash, counts } = debrief;
    const stars = debrief.stars.filter((star) => star.won).length;
    const { tick, marks } = this.#match;
    const result = { ticks: tick, score, stars, stateHash, marks, counts, endedAtMs: this.#house.clock.nowMs() };
    this.#log
      .finish(result)
      .catch((error: unknown) => this.#house.report(`Match ${this.id} could not be written down: ${String(error)}`))
      .finally(() => this.#listener.ended(debrief));
  }

  /** Stops the clock; false when it had stopped already. */
  #stop(): boolean {
    const ran = !this.#done;
    this.#done = true;
    this.#stopTimer();
    return ran;
  }
}
