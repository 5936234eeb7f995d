import type { Stream } from "../../core/random.ts";
import { usOf } from "../../core/time.ts";
import { begin } from "../../protocols/twoPhaseCommit/coordinator.ts";
import type { CommitMessage, TransactionId } from "../../protocols/twoPhaseCommit/messages.ts";
import { recover } from "../../protocols/twoPhaseCommit/recovery.ts";
import {
  createCommitState,
  type CommitConfig,
  type CommitIo,
  type CommitState,
  type Decided,
} from "../../protocols/twoPhaseCommit/state.ts";
import * as twoPhaseCommit from "../../protocols/twoPhaseCommit/twoPhaseCommit.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { LedgerWork } from "../ledger/plan.ts";
import { nearest, type Built } from "../site.ts";
import { worksOf, type SagaPlan } from "./plan.ts";

const TIMER_COMMIT = 0;
/** The disk's token for the log of transactions; those of a journal are counted from 0. */
export const DISK_COMMIT = -1;

/** A try to carry out an order as one transaction. */
export interface Try {
  readonly operation: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** True when one before it may have committed: a crash came between. */
  readonly unclear: boolean;
}

/** A node that asks components, and coordinates transactions over ledgers in which it takes no part itself. */
export abstract class SagaCoordinator<Work> extends Endpoint<Work> {
  protected readonly plan: SagaPlan;
  readonly #callLuck: Stream;
  readonly #io: CommitIo<LedgerWork>;
  #commit: CommitState<LedgerWork>;
  readonly #tries = new Map<TransactionId, Try>();

  constructor(standing: Standing, plan: SagaPlan) {
    super(standing);
    this.plan = plan;
    this.#callLuck = standing.world.streams.stream("calls", `${plan.name}/${standing.machine.name}`);
    this.#io = this.#commitIo();
    this.#commit = createCommitState(configOf(plan), 0);
  }

  /** A try has ended. */
  protected abstract decided(ended: Try, verdict: Decided): void;

  /** Whom to ask about a key. */
  protected someOf(callee: Built, key: number): ProcessId {
    return nearest(callee.instancesFor(key), this.machine.zone, this.#callLuck).process;
  }

  /**
   * Goes on after the backoff, give or take half of it: two orders that locked each other out, and gave up together, must
   * not come back together for ever. Source: Brooker 2015, Exponential backoff and jitter.
   */
  protected later(work: Work): void {
    this.pause(work, usOf(this.plan.backoffMs * (0.5 + this.#callLuck())));
  }

  /** Carries out an order as one transaction; `decided` tells how it ended. */
  protected transact(request: Request, begun: Try): void {
    const transaction = begin(this.#commit, this.#io, worksOf(this.plan, request));
    this.#tries.set(transaction, begun);
  }

  #commitIo(): CommitIo<LedgerWork> {
    const takesNoPart = (): void => {};
    return {
      self: this.self,
      clockUs: () => this.machine.clockUs(),
      send: (to, message) => this.tell(to, message, message.type === "prepare" ? 1 : 0),
      sync: () => this.machine.sync(this.self, DISK_COMMIT),
      setTimer: (delayUs) => this.world.setTimer(this.self, TIMER_COMMIT, delayUs),
      prepare: takesNoPart,
      restore: takesNoPart,
      commit: takesNoPart,
      abort: takesNoPart,
      decided: (transaction, verdict) => {
        const ended = this.#tries.get(transaction);
        if (ended !== undefined && this.#tries.delete(transaction)) this.decided(ended, verdict);
      },
    };
  }

  override synced(_token: number): void {
    twoPhaseCommit.synced(this.#commit, this.#io);
  }

  protected override due(): void {
    twoPhaseCommit.timer(this.#commit, this.#io);
  }

  protected override heard(from: ProcessId, message: unknown): void {
    twoPhaseCommit.receive(this.#commit, this.#io, from, message as CommitMessage<LedgerWork>);
  }

  protected override forget(): void {
    this.#tries.clear();
  }

  override restarted(diskLost: boolean): void {
    this.#commit = recover(this.#commit, this.#io, diskLost);
  }
}

function configOf({ timeoutMs }: SagaPlan): CommitConfig {
  const voteTimeoutUs = usOf(timeoutMs);
  return { voteTimeoutUs, inquireAfterUs: voteTimeoutUs, retryEveryUs: voteTimeoutUs / 4, cooperative: false };
}
