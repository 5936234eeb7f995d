import type { Us } from "../../core/time.ts";
import type { StoreRequest } from "../protocol.ts";

/** One place of the log: the write, and the view whose primary took it. View and index name a write: no two share both. */
export interface Entry {
  readonly view: number;
  readonly write: StoreRequest;
}

/** What primary and backups tell each other. Messages are never changed. */
export type PrimaryBackupMessage = Append | Appended;

/** The primary of a view announces itself and replicates writes; without entries a heartbeat. */
export interface Append {
  readonly type: "append";
  readonly view: number;
  readonly previousIndex: number;
  readonly previousView: number;
  readonly entries: readonly Entry[];
  readonly committedIndex: number;
  /** Length of the log with which this view began: whatever else a backup has after it, from earlier views, is lost. */
  readonly inheritedIndex: number;
  /** Counts the primary's rounds of sending; the answer names it, which confirms for reads that it still leads. */
  readonly round: number;
  /** The primary's clock when it sent this: a backup that has all that was committed then is as fresh as that. */
  readonly asOfUs: Us;
}

/** The answer to `append`, sent once what it claims is durable. */
export interface Appended {
  readonly type: "appended";
  readonly view: number;
  readonly success: boolean;
  /** Success: the log is durable here and the primary's up to this index. Else: the logs part after this one at the latest. */
  readonly index: number;
  /** Newest round heard in this view. */
  readonly round: number;
  /** Leases: `asOfUs` of the newest append on which this backup gave its word to follow nobody else; −1 for none. */
  readonly grantedAsOfUs: Us;
}

/** What a primary sends as entries when there are none. */
export const NO_ENTRIES: readonly Entry[] = [];
