import type { Us } from "../../core/time.ts";
import type { Ballot, CommitMessage, SiteId, TransactionId } from "./messages.ts";

/** What a site may ask of the world, and what it tells whoever keeps the data. Nothing else is reachable from here. */
export interface CommitIo<Work> {
  readonly self: SiteId;
  /** This site's own clock: it may be wrong. */
  clockUs(): Us;
  /** May be lost, delayed, duplicated, reordered; to oneself too. */
  send(to: SiteId, message: CommitMessage<Work>): void;
  /** Makes all that was written so far durable and then calls `synced`. A crash drops syncs that were not answered. */
  sync(): void;
  /** One timer; setting it again replaces it. */
  setTimer(delayUs: Us): void;
  /** Locks what the work needs and checks that it can be done; answered now or later by `voted`. */
  prepare(transaction: TransactionId, work: Work): void;
  /** The disk says that this work was promised before a crash: lock what it needs once more. */
  restore(transaction: TransactionId, work: Work): void;
  /** The work takes effect, and its locks are free. */
  commit(transaction: TransactionId, work: Work): void;
  /** The work comes to nothing, and its locks are free. */
  abort(transaction: TransactionId, work: Work): void;
  /** Tells the coordinator's side how its transaction ended; `ballots` by participant where it was committed. */
  decided(transaction: TransactionId, verdict: Decided): void;
}

/** How a transaction ended, for whoever began it. */
export interface Decided {
  readonly commit: boolean;
  /** Why it was aborted, as a word of the catalogue of causes. */
  readonly reason: string;
  readonly ballots: ReadonlyMap<SiteId, Ballot>;
}

/** Durations that have to fit together: voteTimeout and inquireAfter are several times retryEvery, which is a round trip or more. */
export interface CommitConfig {
  /** How long a coordinator waits for votes before it aborts, µs. */
  readonly voteTimeoutUs: Us;
  /** How long a participant that voted yes waits for the decision before it asks, µs. */
  readonly inquireAfterUs: Us;
  /** Time between two repetitions of what was not answered, µs. */
  readonly retryEveryUs: Us;
  /** Whether a participant in doubt also asks the other participants (cooperative termination). */
  readonly cooperative: boolean;
}

/** What a site writes in its log; only what is durable survives a crash. */
export type LogRecord<Work> =
  /** A participant's promise, written before it votes yes. */
  | {
      readonly type: "prepared";
      readonly transaction: TransactionId;
      readonly coordinator: SiteId;
      readonly participants: readonly SiteId[];
      readonly work: Work;
      readonly ballot: Ballot;
    }
  /** How a transaction ended at a participant. `byHand`: an operator decided it. */
  | {
      readonly type: "outcome";
      readonly transaction: TransactionId;
      readonly commit: boolean;
      readonly byHand: boolean;
    }
  /** The coordinator's decision to commit. Aborts are presumed, and so not written. */
  | { readonly type: "decision"; readonly transaction: TransactionId; readonly participants: readonly SiteId[] }
  /** All participants have acknowledged: the coordinator may forget. */
  | { readonly type: "end"; readonly transaction: TransactionId };

/** A transaction as its coordinator sees it. */
export interface Coordinated<Work> {
  readonly participants: readonly SiteId[];
  /** What each has to do; empty after a crash, when they all hold it on their disks. */
  readonly works: ReadonlyMap<SiteId, Work>;
  readonly ballots: Map<SiteId, Ballot>;
  readonly acknowledged: Set<SiteId>;
  /** voting, then logging the decision, then committed until all have acknowledged. */
  phase: "voting" | "logging" | "committed";
  readonly sinceUs: Us;
}

/** A transaction as a participant sees it, from the first prepare to its outcome. */
export interface Participated<Work> {
  readonly coordinator: SiteId;
  readonly participants: readonly SiteId[];
  readonly work: Work;
  ballot: Ballot | null;
  /** preparing: not voted yet, free to abort; logging the promise; inDoubt: bound by it; committing: logging the outcome. */
  phase: "preparing" | "logging" | "inDoubt" | "committing";
  sinceUs: Us;
}

/** Everything that a site knows of its transactions: plain data. */
export interface CommitState<Work> {
  config: CommitConfig;
  /** Which life of the site this is; together with `count` it makes names that were never given before. */
  readonly life: number;
  count: number;
  readonly log: LogRecord<Work>[];
  /** Records that are on the disk, and those that the sync under way takes along; 0 when there is none. */
  durable: number;
  syncing: number;
  readonly coordinated: Map<TransactionId, Coordinated<Work>>;
  readonly participated: Map<TransactionId, Participated<Work>>;
  /** How transactions ended here, true for committed. */
  readonly outcomes: Map<TransactionId, boolean>;
  /** Who asked about a transaction that was aborted here, until that is on the disk. */
  readonly askers: Map<TransactionId, SiteId[]>;
  /** Transactions that an operator decided here, while the coordinator has not said what it decided. */
  readonly byHand: Set<TransactionId>;
  /** Of those, how many the coordinator decided otherwise: money made or lost by hand. */
  damaged: number;
  armed: boolean;
}

/** A site that has seen nothing. `life` must be higher than in any life before. */
export function createCommitState<Work>(config: CommitConfig, life: number): CommitState<Work> {
  return {
    config,
    life,
    count: 0,
    log: [],
    durable: 0,
    syncing: 0,
    coordinated: new Map(),
    participated: new Map(),
    outcomes: new Map(),
    askers: new Map(),
    byHand: new Set(),
    damaged: 0,
    armed: false,
  };
}

/** Transactions that this site has promised to commit and whose decision it does not know. */
export function inDoubt<Work>(state: CommitState<Work>): TransactionId[] {
  return [...state.participated].flatMap(([transaction, { phase }]) => (phase === "inDoubt" ? [transaction] : []));
}

/** Sets the timer while there is something to repeat. */
export function arm<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  const isOpen = state.coordinated.size + state.participated.size + state.byHand.size > 0;
  if (state.armed || !isOpen) return;
  state.armed = true;
  io.setTimer(state.config.retryEveryUs);
}
