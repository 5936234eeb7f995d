import { describe, expect, test } from "vitest";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import { play } from "./story.ts";

describe("stories of quorum", () => {
  test("hinted handoff: what a replica missed is kept and handed over when it is back", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      800 ms pass
      Reed is → replica, at 0
      the network heals
      200 ms pass
      Reed is → replica, at 1
      Ann reads at Reed → 1
    `;
    expect(play(story, { protocol: quorum, config: { stop: "eventual", readRepair: false } })).toBe(story);
  });

  test("without hints nobody brings what a replica missed", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      the network heals
      2000 ms pass
      Ann reads at Reed → nothing
    `;
    const config = { stop: "eventual", readRepair: false, hintedHandoff: false } as const;
    expect(play(story, { protocol: quorum, config })).toBe(story);
  });

  test("read repair: a read that meets a stale replica heals it, after the answer", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      the network heals
      1000 ms pass
      Bob reads at Reed → nothing
      100 ms pass
      Bob reads at Reed → 1
    `;
    expect(play(story, { protocol: quorum, config: { stop: "eventual", hintedHandoff: false } })).toBe(story);
  });

  test("a coordinator keeps its hints through a crash", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      800 ms pass
      Oak crashes
      the network heals
      Oak restarts
      200 ms pass
      Reed is → replica, at 1
    `;
    expect(play(story, { protocol: quorum, config: { stop: "eventual", readRepair: false } })).toBe(story);
  });

  test("at linearizable a read writes back before it answers: what one saw, nobody later misses", () => {
    const story = `
      Pike does not hear Oak
      Reed does not hear Oak
      Ann writes 1 at Oak → refused, quorumUnreachable
      the dial is turned to eventual
      Ann writes 2 at Oak → acknowledged
      the dial is turned to linearizable
      the network heals
      Reed does not hear Oak
      Oak does not hear Reed
      Bob reads at Pike → 2
      Oak crashes
      Cleo reads at Reed → 2
    `;
    expect(play(story, { protocol: quorum, config: { hintedHandoff: false } })).toBe(story);
  });

  test("last write wins by clock: a write by a clock that is ahead hides a later one", () => {
    const story = `
      Oak's clock is 500 ms ahead
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Bob writes 2 at Pike → acknowledged
      100 ms pass
      Bob reads at Pike → 1
      the dial is turned to linearizable
      Bob writes 3 at Pike → acknowledged
      Bob reads at Reed → 3
    `;
    expect(play(story, { protocol: quorum, config: { stop: "eventual" } })).toBe(story);
  });

  test("quorums decide what the smaller side of a partition gets", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      Ann reads at Oak → 1
      Ann writes 2 at Oak → acknowledged
      the dial is turned to session
      Ann reads at Oak → refused, quorumUnreachable
      Ann writes 3 at Oak → no answer
      Bob reads at Pike → 1
    `;
    expect(play(story, { protocol: quorum, config: { stop: "eventual" } })).toBe(story);
  });

  test("nobody orders writes, so a compare-and-set is refused", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann replaces 1 by 2 at Oak → refused, noLeader
    `;
    expect(play(story, { protocol: quorum })).toBe(story);
  });
});
