import { type Client, CloseCode, ErrorCode, matchMaker, Room, ServerError } from "colyseus";
import type { Match } from "../../shared/match/match.ts";
import {
  type Answer,
  CloseCodes,
  JoinOptions,
  JoinRefusals,
  type Pushes,
  type RequestName,
  Requests,
} from "../../shared/wire/room.ts";
import { admit, judge, type Rejection } from "./admission.ts";
import { Allowance } from "./allowance.ts";
import type { Seat } from "./crew.ts";
import { crewState } from "./crewState.ts";
import type { House } from "./house.ts";
import type { Mode } from "./mode.ts";
import { Party, type PartyListener } from "./party.ts";
import { answer } from "./requests.ts";
import { noticeOf, type RoomNotice } from "./roomNotice.ts";
import { newRoomCode } from "./roomCodes.ts";
import { ViewFeed } from "./viewFeed.ts";

/** Requests of one client: a burst is a busy hand, more than twenty a second for long is a program. */
const REQUESTS = { burst: 40, perSecond: 20 };
/** Refusals in a row, each told, before a client that goes on too fast is shown out. */
const TOO_FAST_MAX = 40;
/** Frames of any kind a second, after which Colyseus closes the socket: far above what `REQUESTS` lets through. */
const FRAMES_PER_SECOND_MAX = 200;
/** Bytes waiting for a slow client above which it is shown no more views until it has caught up. */
const BACKLOG_BYTES_MAX = 65_536;

/** One client in its seat. */
interface Connection {
  readonly seat: Seat;
  feed: ViewFeed;
  readonly allowance: Allowance;
  tooFast: number;
}

/**
 * Carries a party over the wire: sockets in, pushes out. Every rule of play lives in `Party`; here is only who holds
 * which connection, how fast they may talk and what they have been shown.
 */
export class GameRoom extends Room implements PartyListener {
  override autoDispose = false;
  /** There is no shared schema state: each operator sees something else. */
  override patchRate = 1_000;
  override maxMessagesPerSecond = FRAMES_PER_SECOND_MAX;
  readonly #house: House;
  readonly #mode: Mode;
  readonly #connections = new Map<string, Connection>();
  #party!: Party;

  constructor(house: House, mode: Mode) {
    super();
    this.#house = house;
    this.#mode = mode;
  }

  override async onCreate(given: unknown): Promise<void> {
    const unfinished = this.#house.restorations.take(this.roomId);
    if (unfinished === undefined) {
      const { level: id, seed } = JoinOptions.parse(given);
      const level = this.#house.levels.get(id ?? "") ?? [...this.#house.levels.values()][0]!;
      const { restorations } = this.#house;
      this.roomId = newRoomCode(
        (code) => matchMaker.getLocalRoomById(code) !== undefined || restorations.waiting(code) !== undefined,
      );
      this.#party = new Party(this.#house, this, { mode: this.#mode, code: this.roomId, level, seed: seed ?? null });
    } else {
      this.#party = await Party.restore(this.#house, this, unfinished);
    }
    for (const name of Object.keys(Requests) as RequestName[]) {
      this.onMessage(name, (client: Client, payload: unknown) => this.#answer(client, name, payload));
    }
    this.onMessage("*", (client: Client) => client.error(ErrorCode.INVALID_PAYLOAD, "There is no such request."));
  }

  /** Whether somebody with these options would be let in. */
  judge(options: JoinOptions): Rejection | undefined {
    return judge(this.#party, options);
  }

  get notice(): RoomNotice {
    return noticeOf(this.#party);
  }

  /** What a Prometheus may see of this room, and the token that it must show. */
  get scraped(): { readonly token: string; readonly match: Match | null } {
    const { scrapeToken, live } = this.#party;
    return { token: scrapeToken, match: live?.match ?? null };
  }

  override async onJoin(client: Client, given: unknown): Promise<void> {
    const options = JoinOptions.parse(given);
    const admission = await admit(this.#party, options, client.sessionId);
    if ("rejected" in admission) throw new ServerError(JoinRefusals[admission.rejected], admission.sentence);
    const allowance = new Allowance(REQUESTS, this.#house.clock.nowMs());
    this.#connections.set(client.sessionId, { seat: admission.seat, feed: new ViewFeed(""), allowance, tooFast: 0 });
    this.#push(client, "ticket", { code: this.roomId, token: admission.token });
    this.#pushCrew(client);
    this.#pushView(client);
    if (this.#party.debrief !== null) this.#push(client, "debrief", this.#party.debrief);
    const startsAtOnce = this.#mode === "solo" && options.level !== undefined && options.seat === undefined;
    if (startsAtOnce) this.#party.start();
  }

  override onLeave(client: Client, code?: number): void {
    this.#connections.delete(client.sessionId);
    const { crew } = this.#party;
    const seat = crew.seatOfSession(client.sessionId);
    if (seat === undefined) return;
    const nowMs = this.#house.clock.nowMs();
    if (code !== CloseCode.CONSENTED) {
      crew.drop(seat, nowMs);
      this.#party.crewChanged();
      return;
    }
    crew.leave(seat, { keep: this.#party.keepsSeats, nowMs });
    this.#party.seatsChanged();
    void this.#party.crewOfMatchChanged();
  }

  override onBeforeShutdown(): void {
    for (const client of this.clients) {
      client.leave(CloseCodes.serverClosing, "The server is closing. A running match goes on when it is back.");
    }
    void this.#party.suspend().finally(() => this.disconnect(CloseCodes.serverClosing));
  }

  crewChanged(): void {
    for (const client of this.clients) this.#pushCrew(client);
  }

  viewsDue(): void {
    for (const client of this.clients) this.#pushView(client);
  }

  debriefReady(): void {
    for (const client of this.clients) this.#push(client, "debrief", this.#party.debrief!);
  }

  unseated(sessionId: string, code: number, sentence: string): void {
    this.#connections.delete(sessionId);
    this.clients.get(sessionId)?.leave(code, sentence);
  }

  dissolved(sentence: string): void {
    for (const client of this.clients) client.leave(CloseCodes.roomClosed, sentence);
    void this.disconnect();
  }

  async #answer(client: Client, name: RequestName, payload: unknown): Promise<Answer> {
    const connection = this.#connections.get(client.sessionId);
    if (connection === undefined) return { ok: false, code: "noSeat", sentence: "You have no seat in this room." };
    if (connection.allowance.take(this.#house.clock.nowMs())) {
      connection.tooFast = 0;
      return answer(this.#party, connection.seat, { name, payload });
    }
    connection.tooFast += 1;
    if (connection.tooFast > TOO_FAST_MAX)
      client.leave(CloseCodes.tooFast, "Too many messages: take a breath and come back.");
    return { ok: false, code: "tooFast", sentence: "That was too fast: wait a second." };
  }

  #pushCrew(client: Client): void {
    const seat = this.#connections.get(client.sessionId)?.seat;
    if (seat === undefined) return;
    const { crew, scrapeToken } = this.#party;
    const own = { you: crew.seats.indexOf(seat), scrapeToken: seat === crew.host ? scrapeToken : null };
    this.#push(client, "crew", { ...crewState(this.#party), ...own });
  }

  #pushView(client: Client): void {
    const { live, crew } = this.#party;
    const connection = this.#connections.get(client.sessionId);
    if (live === null || connection === undefined) return;
    const operator = crew.seats.indexOf(connection.seat);
    const { bufferedAmount } = client.ref as unknown as { readonly bufferedAmount: number };
    if (operator < 0 || operator >= live.operators || bufferedAmount > BACKLOG_BYTES_MAX) return;
    if (connection.feed.matchId !== live.id) connection.feed = new ViewFeed(live.id);
    const push = connection.feed.next(live.view(operator));
    if (push !== undefined) this.#push(client, "view", push);
  }

  #push<Name extends keyof Pushes>(client: Client, name: Name, payload: Pushes[Name]): void {
    client.send(name, payload);
  }
}
