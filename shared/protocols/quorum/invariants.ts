import { invariant } from "../../core/invariant.ts";
import { isNewer, type Cell } from "./cell.ts";
import type { QuorumState } from "./state.ts";

/** The nodes of one leaderless group, whoever runs them. The state of a node that is down is the one it had. */
export interface QuorumGroup {
  readonly replicas: number;
  state(replica: number): QuorumState;
}

/**
 * What must hold of a leaderless group after every event, looked at from outside: what a replica holds of a key only
 * ever becomes newer, crashes included, unless its disk is lost.
 * Source: DeCandia et al. 2007, Dynamo, section 4.4 (a version is replaced by one that descends from it, or is kept).
 */
export function watchQuorum(group: QuorumGroup): { readonly check: () => void } {
  const held = Array.from({ length: group.replicas }, () => ({ life: 0, cells: new Map<number, Cell>() }));

  const check = (): void => {
    for (let replica = 0; replica < group.replicas; replica++) look(replica, group.state(replica));
  };

  function look(replica: number, { life, cells }: QuorumState): void {
    const before = held[replica]!;
    if (before.life !== life) before.cells.clear();
    before.life = life;
    for (const [key, cell] of before.cells) invariant(cells.has(key), `versions: ${replica} forgot key ${key}, at ${cell.value}`);
    for (const [key, cell] of cells) {
      const old = before.cells.get(key);
      if (old === cell) continue;
      const isKept = old === undefined || isNewer(cell, old) || !isNewer(old, cell);
      invariant(isKept, `versions: ${replica} went back from ${old?.value} to ${cell.value} of key ${key}`);
      before.cells.set(key, cell);
    }
  }

  return { check };
}
