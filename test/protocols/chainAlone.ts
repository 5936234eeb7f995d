import { chain } from "../../shared/protocols/chain/chain.ts";
import type { Acknowledged, ChainMessage, Forward, Forwarded } from "../../shared/protocols/chain/messages.ts";
import type { ChainState } from "../../shared/protocols/chain/state.ts";
import { changeMembership, firstMembership, type Membership } from "../../shared/protocols/membership.ts";
import type { ReplicationConfig, StoreRequest } from "../../shared/protocols/protocol.ts";
import { LoneReplica } from "./loneReplica.ts";

/** A replica of a chain with nobody around it. */
export type Replica = LoneReplica<ChainState, ChainMessage>;

/** One of three: replica 0 is the head, 2 the tail. */
export function replica(self: number, config: Partial<ReplicationConfig> = {}): Replica {
  return new LoneReplica({ protocol: chain, self, replicas: 3, config });
}

/** A write of a value. */
export const update = (value: number, key = 1): StoreRequest => {
  return { operation: value, kind: "write", key, argument: value, expected: null, sessionPosition: 0 };
};

/** What a predecessor sends, with what the test changes. */
export const forward = (updates: readonly StoreRequest[], change: Partial<Forward> = {}): Forward => ({
  type: "forward",
  configuration: 0,
  lineage: 0,
  previousIndex: 0,
  updates,
  committedIndex: 0,
  round: 1,
  handOverTo: -1,
  handOverIndex: 0,
  ...change,
});

/** What a successor answers, of the chain and its end unless the test says otherwise. */
export const forwarded = (index: number, change: Partial<Forwarded> = {}): Forwarded => ({
  type: "forwarded",
  configuration: 0,
  success: true,
  index,
  round: 1,
  stampUs: 0,
  isEstablished: true,
  isEnd: true,
  ...change,
});

/** What the tail says. */
export const acknowledged = (index: number, configuration = 0): Acknowledged => {
  return { type: "acknowledged", configuration, index, asOfUs: 0 };
};

/** Takes out what was sent, of one type. */
export const sentBy = (of: Replica, type: ChainMessage["type"]) => of.sent().filter(({ message }) => message.type === type);

/** The master tells a replica who is of the chain. */
export const told = (of: Replica, membership: Membership): void => {
  of.orders({ type: "members", members: membership.members, membership });
};

/** The chain without one replica. */
export const without = (gone: number): Membership => {
  return changeMembership(firstMembership(3), [0, 1, 2].filter((member) => member !== gone));
};

/** The chain with a replica taken out and let in again: it is last. */
export const letInAgain = (gone: number): Membership => changeMembership(without(gone), [0, 1, 2]);
