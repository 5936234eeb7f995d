import type { ReplicaStatus } from "../../protocols/protocol.ts";
import { usOf, type Ms, type Us } from "../../core/time.ts";
import { FLOW } from "../../sim/flows.ts";
import type { ProbeReply } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import type { MembershipGroup } from "../membership/agent.ts";
import { Survey } from "../membership/survey.ts";

/** A replica that the supervisor may ask and order to lead. */
export interface Candidate {
  readonly process: ProcessId;
  readonly node: number;
  readonly shard: number;
}

/** What the supervisor may do to its store, over the management network. */
export interface Supervised {
  readonly candidates: readonly Candidate[];
  readonly shards: number;
  /** Orders one replica to lead its group; false when it can't be reached. */
  promote(replica: ProcessId): boolean;
  /** Cuts a node off from all traffic. */
  fence(node: number): void;
}

/** When a supervisor acts, and how; operators may change it. */
export interface FailoverPlan {
  /** How long a quorum must have suspected the primary. */
  afterMs: Ms;
  /** Fence the old primary first, so that it can't go on unheard. */
  isFencing: boolean;
}

const TIMER_LOOK = 0;
/** Time between two rounds of questions. */
const LOOK_US: Us = 250_000;
/** Rounds after which a replica that did not answer counts as gone. */
const FRESH_ROUNDS = 4;

/** What is known of a replica. */
interface Known {
  readonly status: ReplicaStatus;
  readonly atUs: Us;
  /** It was ordered to lead: until then it may still be heard as the backup that it was. */
  readonly leadsUntilUs: Us;
}

/**
 * Replaces a primary that has failed. It asks the agents of a membership and the store's replicas over the network; when
 * a quorum of the agents elsewhere has suspected the primary's node for long enough, the most advanced backup that still
 * answers is ordered to lead. Whether the old primary is dead, slow or only cut off, nobody can know: unfenced it may
 * go on serving those who reach it.
 * Simplified: its own process does not fail, and its orders go over the management network, which does not fail either.
 * Source: Kleppmann 2017, Designing data-intensive applications, chapter 5, "Leader failure: failover".
 */
export class Supervisor implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #store: Supervised;
  readonly #survey: Survey;
  readonly plan: FailoverPlan;
  readonly #known = new Map<ProcessId, Known>();
  /** By shard: whom it holds to be primary, and since when a quorum has suspected that one (−1: it does not). */
  readonly #primaries: (Candidate | null)[];
  readonly #suspectedSinceUs: Us[];
  /** Failovers so far. */
  failovers = 0;

  constructor(world: World, self: ProcessId, group: MembershipGroup, store: Supervised, plan: FailoverPlan) {
    this.#world = world;
    this.#self = self;
    this.#store = store;
    this.plan = plan;
    this.#survey = new Survey(world, self, group);
    this.#primaries = Array.from({ length: store.shards }, () => null);
    this.#suspectedSinceUs = Array.from({ length: store.shards }, () => -1);
    world.setTimer(self, TIMER_LOOK, LOOK_US);
  }

  /** Node of the replica that it holds to be a shard's primary, or −1 before it heard of one. */
  primaryOf(shard: number): number {
    return this.#primaries[shard]?.node ?? -1;
  }

  receive(from: ProcessId, message: unknown): void {
    const { report } = message as ProbeReply;
    if (this.#survey.answered(from, report) || report === null) return;
    const status = report as ReplicaStatus;
    const atUs = this.#world.kernel.nowUs;
    if (status.role !== "primary" && atUs < (this.#known.get(from)?.leadsUntilUs ?? 0)) return;
    this.#known.set(from, { status, atUs, leadsUntilUs: 0 });
  }

  timer(): void {
    for (let shard = 0; shard < this.#store.shards; shard++) this.#look(shard);
    this.#survey.ask();
    for (const { process } of this.#store.candidates) {
      this.#world.send(this.#self, process, { type: "probe", call: 0 }, CHANNEL.requests, -1, FLOW.none);
    }
    this.#world.setTimer(this.#self, TIMER_LOOK, LOOK_US);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  #look(shard: number): void {
    const primary = this.#newestPrimary(shard);
    if (primary !== this.#primaries[shard]) this.#suspectedSinceUs[shard] = -1;
    this.#primaries[shard] = primary;
    if (primary === null || !this.#survey.isSuspectedByQuorum(primary.node)) {
      this.#suspectedSinceUs[shard] = -1;
      return;
    }
    const nowUs = this.#world.kernel.nowUs;
    if (this.#suspectedSinceUs[shard]! < 0) this.#suspectedSinceUs[shard] = nowUs;
    if (nowUs - this.#suspectedSinceUs[shard]! >= usOf(this.plan.afterMs)) this.#failOver(shard, primary);
  }

  #failOver(shard: number, primary: Candidate): void {
    const heir = this.#mostAdvanced(shard, primary);
    if (heir === null) return;
    if (this.plan.isFencing) this.#store.fence(primary.node);
    if (!this.#store.promote(heir.process)) return;
    this.failovers++;
    const atUs = this.#world.kernel.nowUs;
    const { status } = this.#known.get(heir.process)!;
    const term = Math.max(this.#known.get(primary.process)!.status.term, status.term) + 1;
    const leading: ReplicaStatus = { ...status, role: "primary", term };
    this.#known.set(heir.process, { status: leading, atUs, leadsUntilUs: atUs + FRESH_ROUNDS * LOOK_US });
  }

  /** The replica that leads the newest view heard of. An older primary may believe that it leads; it does not count. */
  #newestPrimary(shard: number): Candidate | null {
    let newest: Candidate | null = null;
    let newestTerm = -1;
    for (const candidate of this.#store.candidates) {
      const status = this.#known.get(candidate.process)?.status;
      if (candidate.shard !== shard || status?.role !== "primary" || status.term <= newestTerm) continue;
      newest = candidate;
      newestTerm = status.term;
    }
    return newest;
  }

  /** The backup with the most of the log among those that answer and are not suspected, or null. */
  #mostAdvanced(shard: number, primary: Candidate): Candidate | null {
    const freshUs = this.#world.kernel.nowUs - FRESH_ROUNDS * LOOK_US;
    let best: Candidate | null = null;
    for (const candidate of this.#store.candidates) {
      const known = this.#known.get(candidate.process);
      if (candidate.shard !== shard || candidate === primary || known === undefined || known.atUs < freshUs) continue;
      if (this.#survey.isSuspectedByQuorum(candidate.node)) continue;
      if (best === null || known.status.position > this.#known.get(best.process)!.status.position) best = candidate;
    }
    return best;
  }
}
