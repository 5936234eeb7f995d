import { invariant } from "../../../shared/core/invariant.ts";
import type { BuiltLedger } from "../../../shared/components/ledger/ledger.ts";
import type { Replica } from "../../../shared/components/store/replica.ts";
import type { Store } from "../../../shared/components/store/store.ts";
import type { Match } from "../../../shared/match/match.ts";
import { watchChain } from "../../../shared/protocols/chain/invariants.ts";
import type { ChainState } from "../../../shared/protocols/chain/state.ts";
import { watchPrimaryBackup } from "../../../shared/protocols/primaryBackup/invariants.ts";
import type { PrimaryBackupState } from "../../../shared/protocols/primaryBackup/state.ts";
import { watchQuorum } from "../../../shared/protocols/quorum/invariants.ts";
import type { QuorumState } from "../../../shared/protocols/quorum/state.ts";
import { watchRaft } from "../../../shared/protocols/raft/invariants.ts";
import type { RaftState } from "../../../shared/protocols/raft/state.ts";
import { watchAtomicity } from "../../../shared/protocols/twoPhaseCommit/invariants.ts";
import { EVENT } from "../../../shared/sim/kernel.ts";
import type { World } from "../../../shared/sim/world.ts";

/** The replicas of a shard as those who watch see them. */
interface Watched {
  readonly processes: readonly number[];
  readonly check: () => void;
}

/**
 * Looks at every event of a match: simulated time never goes back, and the group of replicas that it happened to keeps
 * what its protocol promises. What is broken throws.
 */
export function watchSafety(match: Match, disksStay: boolean): void {
  const { world } = match.cluster;
  const watched = [
    ...match.cluster.stores().flatMap((store) => groupsOf(world, store, disksStay)),
    ...ledgersOf(match, disksStay),
  ];
  const ofProcess = new Map(watched.flatMap((group) => group.processes.map((process) => [process, group] as const)));
  let latestUs = 0;
  world.kernel.watch((kind, a) => {
    invariant(world.kernel.nowUs >= latestUs, `time: it went back from ${latestUs} to ${world.kernel.nowUs} µs`);
    latestUs = world.kernel.nowUs;
    if (kind === EVENT.deliver || kind === EVENT.timer) ofProcess.get(a)?.check();
    else if (kind !== EVENT.arrival && kind !== EVENT.giveUp) for (const group of watched) group.check();
  });
}

function groupsOf(world: World, store: Store, disksStay: boolean): Watched[] {
  return store.groups.flatMap(({ members }) => {
    const check = checkOf(groupOf(world, store, members), store.protocol.name, disksStay);
    return check === null ? [] : [{ processes: members, check }];
  });
}

/**
 * Every copy of a ledger holds as much money as there was at first; and a transaction ends the same way everywhere, over
 * all ledgers, as long as no operator decides one by hand and no disk forgets one.
 */
function ledgersOf({ cluster, log }: Match, disksStay: boolean): Watched[] {
  const ledgers = cluster.components.filter((built): built is BuiltLedger => built.kind === "ledger");
  const sites = ledgers.flatMap(({ nodes }) => nodes.map((node) => () => node.outcomes));
  const atomicity = watchAtomicity(sites);
  return ledgers.map(({ name, plan, nodes, instances }) => ({
    processes: instances.map(({ process }) => process),
    check: () => {
      for (const { balances } of nodes) {
        const total = balances.reduce((sum, balance) => sum + balance, 0);
        invariant(total === plan.accounts * plan.opening, `money: a copy of ${name} holds ${total} in all`);
      }
      if (disksStay && !log.some(({ intent }) => intent.verb === "repair")) atomicity.check();
    },
  }));
}

/** The replicas of a shard, by their numbers. */
interface Group {
  readonly replicas: number;
  replica(self: number): Replica;
  isUp(self: number): boolean;
}

function groupOf({ processes, machines }: World, { placed }: Store, members: readonly number[]): Group {
  const nodes = members.map((member) => placed.find(({ process }) => process === member)?.node ?? -1);
  return {
    replicas: members.length,
    replica: (self) => processes[members[self]!] as Replica,
    isUp: (self) => ["up", "paused"].includes(machines[nodes[self]!]!.state),
  };
}

/** What is looked at after every event of a group; null where its protocol promises nothing that shows in one state. */
function checkOf({ replicas, replica, isUp }: Group, protocol: string, disksStay: boolean): (() => void) | null {
  const stateOf = <State>() => (self: number): State => replica(self).state as State;
  if (protocol === "raft") return watchRaft({ replicas, state: stateOf<RaftState>() }).check;
  if (protocol === "quorum") return watchQuorum({ replicas, state: stateOf<QuorumState>() }).check;
  if (!disksStay) return null;
  if (protocol === "chain") return watchChain({ replicas, state: stateOf<ChainState>(), isUp, io: replica }).check;
  if (protocol === "primaryBackup") return watchPrimaryBackup({ replicas, state: stateOf<PrimaryBackupState>() }).check;
  return null;
}
