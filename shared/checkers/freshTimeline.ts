import type { OperationKind } from "../core/operations.ts";
import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Anomaly, Check, Checker } from "./checker.ts";
import { feedHistory } from "./feedHistory.ts";
import { missedOrder } from "./missedOrder.ts";
import { durationText } from "./telling.ts";
import { witnessOf } from "./writtenValue.ts";

/** What clients ask of feeds. */
const FEED_KINDS: readonly OperationKind[] = ["post", "timeline", "follow"];

/**
 * A feed may be late by the bound and no more: it holds every post of whom its reader follows that was acknowledged
 * longer ago, unless that many newer ones push it out. Whom a reader follows is known from what it was told: that it
 * follows, or a post of the author that it was shown before. Newer is what was asked for later: posts carry their number.
 */
export const freshTimeline = {
  guarantee: "freshTimeline",
  promise:
    "A feed lacks no post of somebody followed that is older than the bound, and shows nothing that nobody posted.",
  source: "Bailis & Ghodsi 2013, Eventual consistency today, section 4 (bounds on staleness); Jepsen's set test.",
  kinds: FEED_KINDS,
  begin: ({ boundMs = 0 }) => feedCheck(usOf(boundMs)),
  accepted: feedHistory(
    "a posts 1 as 5 at 0..10",
    "r of 7 sees 1 at 20..30",
    "a posts 2 as 5 at 40..50",
    "r of 7 sees 2 1 at 60..70",
  ),
  rejected: feedHistory("r of 7 follows 5 at 0..10", "a posts 1 as 5 at 20..30", "r of 7 sees nothing at 9000..9010"),
} satisfies Checker;

/** A post that was asked for, and when its author was told that it is out. */
interface Post {
  readonly operation: Operation;
  acknowledgedAtUs: Us;
  failed: boolean;
}

/** How it became known that a reader follows an author: since when, and by which operations. */
interface Tie {
  readonly sinceUs: Us;
  readonly proof: readonly number[];
}

interface Feeds {
  readonly boundUs: Us;
  /** Posts by their value. */
  readonly posts: Map<number, Post>;
  /** Acknowledged posts of each author, by the time of the acknowledgement. */
  readonly outOf: Map<number, Post[]>;
  /** By reader, whom it follows. */
  readonly ties: Map<number, Map<number, Tie>>;
  /** Length of the longest feed seen, with the operations that show it: a shorter one has room left. */
  longest: number;
  longestProof: readonly number[];
}

function feedCheck(boundUs: Us): Check {
  const feeds: Feeds = { boundUs, posts: new Map(), outOf: new Map(), ties: new Map(), longest: 0, longestProof: [] };
  const found: Anomaly[] = [];
  return {
    invoked(operation) {
      if (operation.kind === "post")
        feeds.posts.set(operation.argument!, { operation, acknowledgedAtUs: Infinity, failed: false });
    },
    completed(operation) {
      const anomaly = operation.kind === "timeline" ? judge(feeds, operation) : told(feeds, operation);
      if (anomaly !== undefined) found.push(anomaly);
      return anomaly;
    },
    finish: () => (found.length > 0 ? { outcome: "invalid", anomalies: [...found] } : { outcome: "valid" }),
  };
}

/** A post or a follow was answered. */
function told(feeds: Feeds, operation: Operation): undefined {
  const { kind, outcome, key, other, completedAtUs, argument, id } = operation;
  if (kind === "follow" && outcome === "ok") tie(feeds, key, other!, { sinceUs: completedAtUs, proof: [id] });
  const post = kind === "post" ? feeds.posts.get(argument!) : undefined;
  if (post === undefined || outcome === "unknown") return;
  if (outcome === "fail") post.failed = true;
  else {
    post.acknowledgedAtUs = completedAtUs;
    const others = feeds.outOf.get(key);
    if (others === undefined) feeds.outOf.set(key, [post]);
    else others.push(post);
  }
}

function tie(feeds: Feeds, reader: number, author: number, since: Tie): void {
  let ties = feeds.ties.get(reader);
  if (ties === undefined) feeds.ties.set(reader, (ties = new Map()));
  if (!ties.has(author)) ties.set(author, since);
}

function judge(feeds: Feeds, feed: Operation): Anomaly | undefined {
  if (feed.outcome !== "ok" || feed.results === null) return undefined;
  const wrong = strange(feeds, feed, feed.results) ?? missing(feeds, feed, feed.results);
  if (wrong !== undefined) return wrong;
  if (feed.results.length > feeds.longest) {
    feeds.longest = feed.results.length;
    feeds.longestProof = [feed.id, ...feed.results.map((value) => feeds.posts.get(value)!.operation.id)];
  }
  for (const value of feed.results) {
    const { operation } = feeds.posts.get(value)!;
    tie(feeds, feed.key, operation.key, { sinceUs: feed.completedAtUs, proof: [feed.id, operation.id] });
  }
  return undefined;
}

/** A post that nobody made, that was told to have failed, or that is there twice. */
function strange(feeds: Feeds, feed: Operation, seen: readonly number[]): Anomaly | undefined {
  const client = `Client ${feed.session} was shown post`;
  for (const [place, value] of seen.entries()) {
    const post = feeds.posts.get(value);
    const base = { operation: feed.id, witness: witnessOf(post?.operation.id ?? -1, feed.id), order: [] };
    if (post === undefined)
      return { ...base, name: "phantomRead", sentence: `${client} ${value}, which nobody had made.` };
    if (post.failed)
      return {
        ...base,
        name: "phantomRead",
        sentence: `${client} ${value}, whose author had been told that it failed.`,
      };
    if (seen.indexOf(value) !== place)
      return { ...base, name: "duplicateElement", sentence: `${client} ${value} twice.` };
  }
  return undefined;
}

/** The newest post that should have been there. */
function missing(feeds: Feeds, feed: Operation, seen: readonly number[]): Anomaly | undefined {
  const hasRoom = seen.length < feeds.longest;
  const oldest = hasRoom || seen.length === 0 ? -Infinity : Math.min(...seen);
  const dueUs = feed.invokedAtUs - feeds.boundUs;
  for (const [author, { sinceUs, proof }] of feeds.ties.get(feed.key) ?? []) {
    if (sinceUs >= dueUs) continue;
    const posts = feeds.outOf.get(author) ?? [];
    for (let place = posts.length - 1; place >= 0; place--) {
      const { operation, acknowledgedAtUs } = posts[place]!;
      const value = operation.argument!;
      if (acknowledgedAtUs >= dueUs || seen.includes(value)) continue;
      // Posts are acknowledged nearly in the order of their numbers: what comes before is pushed out as well.
      if (value < oldest) break;
      const shows = witnessOf(
        ...proof,
        ...(hasRoom ? feeds.longestProof : []),
        ...seen.map((one) => feeds.posts.get(one)!.operation.id),
      );
      return missingPost(feed, operation, feed.invokedAtUs - acknowledgedAtUs, shows);
    }
  }
  return undefined;
}

function missingPost(feed: Operation, post: Operation, ageUs: Us, proof: readonly number[]): Anomaly {
  const who = `Client ${feed.session} did not find post ${post.argument} of author ${post.key} in the feed of ${feed.key}`;
  return {
    name: "missingPost",
    operation: feed.id,
    witness: witnessOf(...proof, post.id, feed.id),
    sentence: `${who}, ${durationText(ageUs)} after it had been acknowledged.`,
    order: missedOrder(post.id, feed.id),
  };
}
