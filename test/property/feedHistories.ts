import * as fc from "fast-check";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation, Outcome } from "../../shared/history/operation.ts";

const NEWEST = 4;

/** An operation before it has met a feed. */
interface Draft {
  readonly kind: OperationKind;
  readonly outcome: Outcome;
  readonly session: number;
  readonly key: number;
  readonly other: number;
  readonly thinksUs: number;
  readonly lastsUs: number;
  readonly quarter: number;
  readonly lagUs: number;
}

/**
 * Histories of feeds with the four newest posts of whom a reader follows: reader r follows author r from the start. A
 * feed is what a copy knew `lagUs` earlier; with `lagsUs: [0]` it is right.
 */
export function feedHistories({ lagsUs }: { lagsUs: readonly number[] }): fc.Arbitrary<Operation[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    kind: fc.constantFrom<OperationKind>("post", "post", "timeline", "timeline", "timeline", "follow"),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "ok", "unknown", "fail"),
    session: fc.nat(4),
    key: fc.nat(2),
    other: fc.nat(2),
    thinksUs: fc.integer({ min: 1, max: 6 }),
    lastsUs: fc.integer({ min: 0, max: 12 }),
    quarter: fc.nat(4),
    lagUs: fc.constantFrom(...lagsUs),
  });
  return fc.array(draft, { minLength: 1, maxLength: 40 }).map(played);
}

interface Event {
  readonly atUs: number;
  readonly author: number;
  /** The post, or −1 − reader for somebody who follows from then on. */
  readonly post: number;
}

function played(drafts: readonly Draft[]): Operation[] {
  const freeAtUs = new Map<number, number>();
  const rows = drafts
    .map((it, place) => {
      const invokedAtUs = (freeAtUs.get(it.session) ?? 0) + it.thinksUs;
      freeAtUs.set(it.session, invokedAtUs + it.lastsUs);
      const isOpen = it.outcome === "unknown" && it.quarter % 2 === 0;
      return { ...it, place, invokedAtUs, completedAtUs: isOpen ? Infinity : invokedAtUs + it.lastsUs };
    })
    .toSorted((a, b) => a.invokedAtUs - b.invokedAtUs);
  const events: Event[] = rows.flatMap(({ kind, outcome, key, other, invokedAtUs, lastsUs, quarter, lagUs }, id) => {
    const isMade = kind !== "timeline" && (outcome !== "fail" || lagUs > 100);
    const atUs = invokedAtUs + (lastsUs * quarter) / 4;
    return isMade ? [{ atUs, author: kind === "post" ? key : other, post: kind === "post" ? id + 1 : -1 - key }] : [];
  });
  const feedOf = (reader: number, atUs: number): number[] => {
    const known = events.filter((event) => event.atUs <= atUs);
    const isFollowed = (author: number): boolean =>
      author === reader || known.some((it) => it.author === author && it.post === -1 - reader);
    const posts = known.flatMap(({ author, post }) => (post > 0 && isFollowed(author) ? [post] : []));
    return posts.toSorted((a, b) => b - a).slice(0, NEWEST);
  };
  return rows.map(
    (
      { kind, outcome, session, key, other, invokedAtUs, completedAtUs, lastsUs, quarter, lagUs, place },
      id,
    ): Operation => {
      const isFeed = kind === "timeline" && outcome === "ok";
      return {
        id,
        session: outcome === "unknown" ? 1_000 + place : session,
        component: "feed",
        kind,
        key,
        other: kind === "follow" ? other : null,
        argument: kind === "post" ? id + 1 : null,
        expected: null,
        result: null,
        results: isFeed ? feedOf(key, invokedAtUs + (lastsUs * quarter) / 4 - lagUs) : null,
        invokedAtUs,
        completedAtUs,
        outcome,
      };
    },
  );
}
