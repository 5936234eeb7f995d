import { invariant } from "../../shared/core/invariant.ts";
import { RandomStreams, type Stream } from "../../shared/core/random.ts";
import { usOf, type Ms, type Us } from "../../shared/core/time.ts";
import { begin } from "../../shared/protocols/twoPhaseCommit/coordinator.ts";
import type { CommitMessage, SiteId, TransactionId } from "../../shared/protocols/twoPhaseCommit/messages.ts";
import { decideByHand, refusal, vote } from "../../shared/protocols/twoPhaseCommit/participant.ts";
import { committedWork, recover } from "../../shared/protocols/twoPhaseCommit/recovery.ts";
import {
  createCommitState,
  type CommitConfig,
  type CommitIo,
  type CommitState,
  type Decided,
} from "../../shared/protocols/twoPhaseCommit/state.ts";
import { receive, synced, timer } from "../../shared/protocols/twoPhaseCommit/twoPhaseCommit.ts";
import { FAIR_WEATHER, type Weather } from "./weather.ts";

/** What a transaction does at a site: it needs one thing there, and finds it willing or not. */
export interface Errand {
  readonly needs: string;
  readonly willing: boolean;
}

export const COMMIT_CONFIG: CommitConfig = {
  voteTimeoutUs: usOf(400),
  inquireAfterUs: usOf(200),
  retryEveryUs: usOf(100),
  cooperative: true,
};

interface Site {
  state: CommitState<Errand>;
  readonly io: CommitIo<Errand>;
  isUp: boolean;
  /** Counts crashes: what an earlier life asked of its timer and its disk comes to nothing. */
  life: number;
  /** Who holds each thing. */
  readonly locks: Map<string, TransactionId>;
  /** What took effect in this life. */
  readonly committed: Set<TransactionId>;
  readonly aborted: Set<TransactionId>;
}

interface Event {
  readonly atUs: Us;
  readonly act: () => void;
}

/** A few sites, their disks and the network between them, out of one seed. */
export class CommitGroup {
  readonly sites: Site[];
  /** How transactions ended for whoever began them. */
  readonly decided = new Map<TransactionId, Decided>();
  readonly #events: Event[] = [];
  readonly #cuts = new Set<string>();
  readonly #weather: Weather;
  readonly #luck: Stream;
  nowUs: Us = 0;
  /** Called after every event: the place for what must always hold. */
  afterEvent: () => void = () => {};

  constructor(size: number, { seed = "group", weather = FAIR_WEATHER, config = COMMIT_CONFIG } = {}) {
    this.#weather = weather;
    this.#luck = new RandomStreams(seed).stream("world", "all");
    this.sites = Array.from({ length: size }, (_, self) => ({
      state: createCommitState<Errand>(config, 0),
      io: this.#ioOf(self),
      isUp: true,
      life: 0,
      locks: new Map(),
      committed: new Set(),
      aborted: new Set(),
    }));
  }

  begin(coordinator: SiteId, works: ReadonlyMap<SiteId, Errand>): TransactionId {
    const { state, io } = this.#site(coordinator);
    return begin(state, io, works);
  }

  decideByHand(site: SiteId, transaction: TransactionId, commit: boolean): void {
    const { state, io } = this.#site(site);
    decideByHand(state, io, { transaction, commit });
  }

  crash(site: SiteId): void {
    const it = this.#site(site);
    it.isUp = false;
    it.life++;
    it.locks.clear();
  }

  restart(site: SiteId): void {
    const it = this.#site(site);
    if (it.isUp) return;
    it.isUp = true;
    it.state = recover(it.state, it.io, false);
  }

  cut(from: SiteId, to: SiteId): void {
    this.#cuts.add(`${from}>${to}`);
  }

  heal(): void {
    this.#cuts.clear();
  }

  later(delayMs: Ms, act: () => void): void {
    this.#schedule(usOf(delayMs), act);
  }

  run(forMs: Ms): void {
    const untilUs = this.nowUs + usOf(forMs);
    while (this.#events.length > 0 && this.#events[0]!.atUs <= untilUs) {
      const { atUs, act } = this.#events.shift()!;
      this.nowUs = atUs;
      act();
      this.afterEvent();
    }
    this.nowUs = untilUs;
  }

  /** How a transaction stands at a site, in one word. */
  standing(site: SiteId, transaction: TransactionId): string {
    const { state } = this.#site(site);
    const outcome = state.outcomes.get(transaction);
    if (outcome !== undefined) return outcome ? "committed" : "aborted";
    return state.participated.get(transaction)?.phase ?? "unheard of";
  }

  /** Errands that the log of a site says were done. */
  done(site: SiteId): string[] {
    const { log, durable } = this.#site(site).state;
    return committedWork(log.slice(0, durable)).map(({ needs }) => needs);
  }

  #site(site: SiteId): Site {
    const it = this.sites[site];
    invariant(it !== undefined, `commit group: there is no site ${site}`);
    return it;
  }

  #schedule(delayUs: Us, act: () => void): void {
    const atUs = this.nowUs + Math.max(1, Math.round(delayUs));
    let place = this.#events.length;
    while (place > 0 && this.#events[place - 1]!.atUs > atUs) place--;
    this.#events.splice(place, 0, { atUs, act });
  }

  /** Does something at a site later, unless it crashes meanwhile. */
  #at(site: SiteId, delayUs: Us, act: (it: Site) => void): void {
    const { life } = this.#site(site);
    this.#schedule(delayUs, () => {
      const it = this.#site(site);
      if (it.isUp && it.life === life) act(it);
    });
  }

  #send(from: SiteId, to: SiteId, message: CommitMessage<Errand>): void {
    const { delayMsMin, delayMsMax, loss, duplication } = this.#weather;
    const isLost = this.#luck() < loss || this.#cuts.has(`${from}>${to}`);
    const copies = this.#luck() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const delayUs = from === to ? 20 : usOf(delayMsMin + this.#luck() * (delayMsMax - delayMsMin));
      if (isLost && from !== to) continue;
      this.#schedule(delayUs, () => {
        const it = this.#site(to);
        if (it.isUp) receive(it.state, it.io, from, message);
      });
    }
  }

  #ioOf(self: SiteId): CommitIo<Errand> {
    return {
      self,
      clockUs: () => this.nowUs,
      send: (to, message) => this.#send(self, to, message),
      sync: () => {
        const lastsUs = usOf(0.5 + this.#luck() * this.#weather.syncMsMax);
        this.#at(self, lastsUs, ({ state, io }) => synced(state, io));
      },
      setTimer: (delayUs) => this.#at(self, delayUs, ({ state, io }) => timer(state, io)),
      prepare: (transaction, { needs, willing }) => {
        const { state, io, locks } = this.#site(self);
        const isFree = !locks.has(needs);
        if (isFree && willing) locks.set(needs, transaction);
        const ballot =
          isFree && willing ? { yes: true, reason: "", found: null } : refusal(isFree ? "unwilling" : "locked");
        vote(state, io, transaction, ballot);
      },
      restore: (transaction, { needs }) => this.#site(self).locks.set(needs, transaction),
      commit: (transaction, { needs }) => this.#free(self, transaction, needs).committed.add(transaction),
      abort: (transaction, { needs }) => this.#free(self, transaction, needs).aborted.add(transaction),
      decided: (transaction, verdict) => void this.decided.set(transaction, verdict),
    };
  }

  #free(self: SiteId, transaction: TransactionId, needs: string): Site {
    const site = this.#site(self);
    if (site.locks.get(needs) === transaction) site.locks.delete(needs);
    return site;
  }
}
