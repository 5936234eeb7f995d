import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import type { Match } from "../../shared/match/match.ts";
import { historyOf, played } from "../components/moneyLevel.ts";
import { feedLevel, feedOf } from "../components/timelineLevel.ts";
import { failures, playTroubled } from "./moneyTroubles.ts";

const FILE = "timeline.test.ts";
const FAN_OUTS = ["onWrite", "onRead", "hybrid"];

/** The last feed that each reader was shown after a time. */
function lastFeeds(match: Match, afterUs: number): Map<number, string> {
  const feeds = new Map<number, string>();
  for (const { kind, outcome, key, results, invokedAtUs } of historyOf(match, "feed")) {
    if (kind === "timeline" && outcome === "ok" && invokedAtUs > afterUs) feeds.set(key, results!.join());
  }
  return feeds;
}

describe("the three ways to fan out", () => {
  test("show every reader the same feed in the end", () => {
    const run = (seed: string): void => {
      const options = { lasts: "14s", postsEnd: "8s", posts: 8, reads: 60 };
      const [onWrite, onRead, hybrid] = FAN_OUTS.map((fanOut) => {
        const match = played(feedLevel({ ...options, feed: `fanOut: ${fanOut}, threshold: 40` }), `same/${seed}`);
        return lastFeeds(match, 11_000_000);
      });
      invariant(onWrite!.size > 100, `only ${onWrite!.size} readers looked`);
      for (const [reader, feed] of onWrite!) {
        const others = [onRead!.get(reader), hybrid!.get(reader)];
        invariant(
          others.every((other) => other === feed),
          `reader ${reader}: ${feed} | ${others.join(" | ")}`,
        );
      }
    };
    expect(failures(FILE, 3, run)).toEqual([]);
  });

  test.each(FAN_OUTS)(
    "lose no acknowledged post %s, whatever crashes and whatever is lost, once everything is well",
    (fanOut) => {
      const level = feedLevel({ lasts: "18s", feed: `fanOut: ${fanOut}, threshold: 40` });
      const run = (seed: string): void => {
        const match = playTroubled(level, `${fanOut}/${seed}`, 8_000);
        const { history } = match.record;
        // A post that was accepted as the troubles ended may be late by the bound, as any other.
        const late = match.record.wrong.filter(
          ({ anomaly }) => history.operation(anomaly.operation).invokedAtUs > 12_000_000,
        );
        invariant(late.length === 0, late[0]?.anomaly.sentence ?? "");
        const names = new Set(match.record.wrong.map(({ anomaly }) => anomaly.name));
        invariant(!names.has("phantomRead") && !names.has("duplicateElement"), [...names].join());
        for (const node of feedOf(match).nodes) invariant(node.gauges()[0] === 0, "copies wait after healing");
      };
      expect(failures(FILE, 8, run)).toEqual([]);
    },
  );
});
