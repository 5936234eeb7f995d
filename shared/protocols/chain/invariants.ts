import { invariant } from "../../core/invariant.ts";
import { isEstablished, isTail } from "./places.ts";
import type { ChainIo, ChainState } from "./state.ts";
import type { StoreRequest } from "../protocol.ts";

/** The replicas of one chain, whoever runs them. The state of a replica that is down is the one it had. */
export interface ChainGroup {
  readonly replicas: number;
  state(replica: number): ChainState;
  isUp(replica: number): boolean;
  io(replica: number): ChainIo;
}

/**
 * What must hold of a chain after every event, looked at from outside.
 * Source: van Renesse & Schneider 2004, section 3 (Update Propagation and Inprocess Requests invariants).
 */
export function watchChain(group: ChainGroup): { readonly check: () => void } {
  const committed: StoreRequest[] = [];
  const seen = Array.from({ length: group.replicas }, () => ({ state: undefined as ChainState | undefined, committed: 0 }));

  const check = (): void => {
    const states = Array.from({ length: group.replicas }, (_, replica) => group.state(replica));
    states.forEach((state, replica) => committedForGood(replica, state));
    const newest = Math.max(...states.map(({ membership }) => membership.configuration));
    const current = states.filter((state) => state.membership.configuration === newest);
    const established = current[0]!.membership.members
      .filter((member) => states[member]!.membership.configuration === newest && isEstablished(states[member]!, member))
      .map((member) => states[member]!);
    for (let place = 1; place < established.length; place++) propagation(established[place - 1]!, established[place]!);
    const tails = current.filter((state) => group.isUp(state.self) && isTail(state, group.io(state.self)));
    invariant(tails.length <= 1, `one tail: ${tails.map(({ self }) => self).join(" and ")} in configuration ${newest}`);
  };

  /** Update Propagation Invariant: what a successor has, its predecessor has, in the same order, and on its disk. */
  function propagation(before: ChainState, after: ChainState): void {
    const length = group.isUp(after.self) ? after.history.length : after.saved.lastIndex;
    const what = `update propagation: ${after.self} has ${length}`;
    invariant(length <= before.saved.lastIndex, `${what}, ${before.self} before it has ${before.saved.lastIndex}`);
    // Histories only grow at their ends: looking at the newest updates after every event sees every difference.
    for (let place = Math.max(0, length - 3); place < length; place++) {
      invariant(after.history[place] === before.history[place], `${what}, another update ${place + 1} than ${before.self}`);
    }
  }

  /** What the tail acknowledged is never taken back and is the same update everywhere. */
  function committedForGood(replica: number, state: ChainState): void {
    const known = seen[replica]!;
    const from = known.state === state ? known.committed : 0;
    invariant(state.committedIndex >= from, `committed for good: ${replica} went back from ${from}`);
    invariant(state.registers.appliedIndex === state.committedIndex, `clean versions: ${replica} applied something else`);
    for (let index = from + 1; index <= state.committedIndex; index++) {
      const update = state.history[index - 1]!;
      const first = (committed[index - 1] ??= update);
      invariant(first === update, `committed for good: ${replica} commits another update at ${index}`);
    }
    Object.assign(known, { state, committed: state.committedIndex });
  }

  return { check };
}
