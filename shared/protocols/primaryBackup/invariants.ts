import { invariant } from "../../core/invariant.ts";
import type { Entry } from "./messages.ts";
import type { PrimaryBackupState } from "./state.ts";

/** The replicas of one group, whoever runs them. The state of a replica that is down is the one it had. */
export interface PrimaryBackupGroup {
  readonly replicas: number;
  state(replica: number): PrimaryBackupState;
}

/**
 * What must hold of a primary-backup group after every event, looked at from outside, as long as no disk is lost: a view
 * has one primary, so what it wrote at an index is the same wherever it stands; no replica goes back to an older view;
 * nobody counts what it does not have, and the registers are what the entries that count make.
 * Source: Liskov & Cowling 2012, "Viewstamped replication revisited", section 4 and 8.1 (one primary per view).
 */
export function watchPrimaryBackup(group: PrimaryBackupGroup): { readonly check: () => void } {
  const primaryOfView = new Map<number, number>();
  /** By index and view: the entry that stands there in every log. */
  const entryOf = new Map<string, Entry>();
  const seen = Array.from({ length: group.replicas }, () => ({
    state: undefined as PrimaryBackupState | undefined,
    view: 0,
    durable: 0,
  }));

  const check = (): void => {
    for (let replica = 0; replica < group.replicas; replica++) look(replica, group.state(replica));
  };

  function look(replica: number, state: PrimaryBackupState): void {
    const { view, leading, log, committedIndex, registers, saved } = state;
    const before = seen[replica]!;
    invariant(before.state !== state || view >= before.view, `views: ${replica} went back from ${before.view} to ${view}`);
    Object.assign(before, { state, view });
    if (leading) {
      const primary = primaryOfView.get(view) ?? replica;
      invariant(primary === replica, `one primary: ${primary} and ${replica} lead view ${view}`);
      primaryOfView.set(view, replica);
    }
    invariant(committedIndex <= log.length, `committed: ${replica} counts ${committedIndex} of ${log.length} entries`);
    invariant(saved.lastIndex <= log.length, `durable: the disk of ${replica} has ${saved.lastIndex} of ${log.length} entries`);
    invariant(registers.appliedIndex <= committedIndex, `committed: ${replica} applied what does not count`);
    onDisk(replica, state, Math.min(before.durable, saved.lastIndex));
    before.durable = saved.lastIndex;
  }

  /** Only what is on its disk has a primary sent; an entry that was not there when it crashed may come to be another. */
  function onDisk(replica: number, { log, saved }: PrimaryBackupState, from: number): void {
    for (let place = Math.max(0, from - 1); place < saved.lastIndex; place++) {
      const entry = log[place]!;
      const key = `${place}/${entry.view}`;
      const known = entryOf.get(key) ?? entry;
      invariant(known === entry, `one primary: ${replica} holds another entry of view ${entry.view} at ${place + 1}`);
      entryOf.set(key, entry);
    }
  }

  return { check };
}
