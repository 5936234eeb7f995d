import type { Append, Appended, Entry, PrimaryBackupMessage } from "../../shared/protocols/primaryBackup/messages.ts";
import { primaryBackup } from "../../shared/protocols/primaryBackup/primaryBackup.ts";
import type { PrimaryBackupState } from "../../shared/protocols/primaryBackup/state.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { LoneReplica } from "./loneReplica.ts";

/** A replica of a primary-backup group with nobody around it. */
export type Replica = LoneReplica<PrimaryBackupState, PrimaryBackupMessage>;
/** All three. */
export const EVERYBODY = [0, 1, 2];

/** Replica 0 of three, the first primary; or another one, a backup. */
export function replica(self: number, config: Partial<ReplicationConfig> = {}): Replica {
  return new LoneReplica({ protocol: primaryBackup, self, replicas: 3, config });
}

/** A write in the log. */
export const entry = (view: number, value: number): Entry => ({
  view,
  write: { operation: value, kind: "write", key: 1, argument: value, expected: null, sessionPosition: 0 },
});

/** A primary's heartbeat, with what the test changes. */
export const append = (change: Partial<Append>): Append => ({
  type: "append",
  view: 0,
  previousIndex: 0,
  previousView: -1,
  entries: [],
  committedIndex: 0,
  inheritedIndex: 0,
  round: 1,
  asOfUs: 0,
  ...change,
});

/** A backup's answer, of success, with what the test changes. */
export const appended = (change: Partial<Appended>): Appended => ({
  type: "appended",
  view: 0,
  success: true,
  index: 0,
  round: 1,
  grantedAsOfUs: -1,
  ...change,
});

/** Takes out what was sent. */
export const messages = (of: Replica): PrimaryBackupMessage[] => of.sent().map(({ message }) => message);

/** What stands in the log. */
export const valuesIn = (of: Replica): (number | null)[] => of.state.log.map(({ write }) => write.argument);
