import type { OperationKind } from "../core/operations.ts";
import type { Us } from "../core/time.ts";
import type { ProcessId } from "../sim/process.ts";
import { Endpoint } from "./endpoint.ts";

/** One committed change of a source, as those who derive data from it read it. Positions of an instance count from 1. */
export interface FeedEntry {
  readonly position: number;
  readonly kind: OperationKind;
  readonly key: number;
  readonly value: number | null;
  /** The operation that made the change, −1 when it is not named. */
  readonly operation: number;
}

/** "What has changed after this position?" */
export interface FollowQuestion {
  readonly type: "follow";
  /** Which of its views the follower asks for; given back with the answer. */
  readonly view: number;
  readonly life: number;
  readonly after: number;
  readonly most: number;
}

/** The answer: changes in the order in which they were committed, without a gap. */
export interface FollowAnswer {
  readonly type: "changes";
  readonly view: number;
  /** Which life of the source's disk the positions are about. */
  readonly life: number;
  readonly after: number;
  readonly entries: readonly FeedEntry[];
  /** The newest position that there is. */
  readonly end: number;
}

/** A question that waits for the CPU. */
class Reading {
  readonly from: ProcessId;
  readonly question: FollowQuestion;

  constructor(from: ProcessId, question: FollowQuestion) {
    this.from = from;
    this.question = question;
  }
}

/**
 * An instance whose committed changes others may read in order: the outbox of a table, the log of an event store. A change
 * stands in the feed from the same sync on that made it durable, so there is none without the other.
 * Source: transactional outbox and transaction log tailing, Richardson 2018, section 3.3.
 * Simplified: the feed is kept whole, so that whoever comes late reads it from the start.
 */
export abstract class FeedSource<Work> extends Endpoint<Work> {
  /** The changes that are durable, by position − 1. */
  protected abstract feed(): readonly FeedEntry[];
  /** Changes that it holds. */
  get changes(): number {
    return this.feed().length;
  }

  /** CPU time of reading one change, µs. */
  protected abstract feedUs(): Us;
  /** Work of its own left the CPU, other than reading the feed. */
  protected done(_subject: unknown): void {}
  /** When its disk was lost last, µs. */
  protected life: Us = 0;

  protected override heard(from: ProcessId, message: unknown): void {
    const question = message as FollowQuestion;
    const { after, most } = question;
    const count = Math.min(most, Math.max(0, this.feed().length - after));
    this.spend(new Reading(from, question), Math.max(1, count * this.feedUs()));
  }

  protected override worked(subject: unknown): void {
    if (!(subject instanceof Reading)) {
      this.done(subject);
      return;
    }
    const { view, most, life, after: asked } = subject.question;
    const feed = this.feed();
    const after = life === this.life ? asked : 0;
    const entries = feed.slice(after, after + most);
    const answer: FollowAnswer = { type: "changes", view, life: this.life, after, entries, end: feed.length };
    this.tell(subject.from, answer, entries.length);
  }
}
