import type { Us } from "../../core/time.ts";
import type { ProcessId } from "../../sim/process.ts";

/** A consumer, as the coordinator of its group knows it. */
interface Member {
  heardAtUs: Us;
  /** Has let go of its partitions and asked for new ones. */
  joined: boolean;
}

/**
 * A consumer group: who takes part, and who holds which partitions in this generation. While members are called together
 * (`preparing`) nobody holds any.
 */
export interface Group {
  readonly members: Map<ProcessId, Member>;
  generation: number;
  preparing: boolean;
  /** When those who have not joined are left out. */
  deadlineUs: Us;
  /** Partitions by member. */
  dealt: ReadonlyMap<ProcessId, readonly number[]>;
}

/** A group without members; `generation` is the newest that was ever dealt. */
export function createGroup(generation: number): Group {
  return { members: new Map(), generation, preparing: false, deadlineUs: Infinity, dealt: new Map() };
}

/** What a consumer is answered. */
export type MemberAnswer = "alive" | "rejoin" | "assigned";

/**
 * A consumer wants to take part. Whoever is new, or has let go of what it held, makes the coordinator call all others;
 * one that knows an older generation has not heard yet what it was dealt.
 * Source: the group membership protocol of Kafka (JoinGroup, Heartbeat), Apache Kafka documentation, "Consumer group".
 */
export function join(group: Group, { member, generation, nowUs, patienceUs }: Joining): MemberAnswer {
  if (!group.preparing && group.dealt.has(member) && group.members.has(member) && generation < group.generation) {
    group.members.get(member)!.heardAtUs = nowUs;
    return "assigned";
  }
  group.members.set(member, { heardAtUs: nowUs, joined: true });
  if (!group.preparing) prepare(group, { nowUs, patienceUs, caller: member });
  return "alive";
}

/** A request to take part: the newest generation that the member knows, and how long the others have to let go. */
export interface Joining {
  readonly member: ProcessId;
  readonly generation: number;
  readonly nowUs: Us;
  readonly patienceUs: Us;
}

/** A member is alive. Answers what it has to be told. */
export function heartbeat(group: Group, { member, generation, nowUs }: Omit<Joining, "patienceUs">): MemberAnswer {
  const known = group.members.get(member);
  if (known === undefined) return "rejoin";
  known.heardAtUs = nowUs;
  if (group.preparing) return known.joined ? "alive" : "rejoin";
  return generation === group.generation ? "alive" : "assigned";
}

/** Leaves out members that have been silent for too long, and calls the others together when there were any. */
export function dropSilent(group: Group, nowUs: Us, patienceUs: Us): void {
  let dropped = false;
  for (const [member, { heardAtUs }] of group.members) {
    if (nowUs - heardAtUs <= patienceUs) continue;
    group.members.delete(member);
    dropped = true;
  }
  if (dropped && !group.preparing) prepare(group, { nowUs, patienceUs, caller: -1 });
}

/** True when all members have joined, or those who have not were given long enough. */
export function isReady(group: Group, nowUs: Us): boolean {
  if (!group.preparing) return false;
  return nowUs >= group.deadlineUs || [...group.members.values()].every(({ joined }) => joined);
}

/** Deals the partitions to those who joined, one each in turn, in a new generation. */
export function deal(group: Group, partitions: number): void {
  for (const [member, { joined }] of group.members) if (!joined) group.members.delete(member);
  const members = [...group.members.keys()].toSorted((a, b) => a - b);
  const dealt = new Map<ProcessId, number[]>(members.map((member) => [member, []]));
  for (let partition = 0; partition < partitions && members.length > 0; partition++) {
    dealt.get(members[partition % members.length]!)!.push(partition);
  }
  group.dealt = dealt;
  group.generation++;
  group.preparing = false;
  group.deadlineUs = Infinity;
}

function prepare(group: Group, { nowUs, patienceUs, caller }: { nowUs: Us; patienceUs: Us; caller: ProcessId }): void {
  group.preparing = true;
  group.deadlineUs = nowUs + patienceUs;
  for (const [member, known] of group.members) known.joined = member === caller;
}
