import { describe, expect, test } from "vitest";
import { gossip } from "../../shared/protocols/gossip/gossip.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { play } from "./story.ts";

const eventual = (config: Partial<ReplicationConfig> = {}) => ({
  protocol: gossip,
  config: { stop: "eventual", ...config } as const,
});

describe("stories of gossip", () => {
  test("each replica answers from what it holds; news take a round or two", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann reads at Oak → 1
      Bob reads at Reed → nothing
      400 ms pass
      Bob reads at Reed → 1
    `;
    expect(play(story, eventual())).toBe(story);
  });

  test("both sides of a partition serve, and what both counted is the count when it heals", () => {
    const story = `
      Ann counts 2 at Oak → acknowledged
      400 ms pass
      Oak is cut off
      Ann counts 3 at Oak → acknowledged
      Bob counts 10 at Pike → acknowledged
      Bob counts -1 at Reed → acknowledged
      400 ms pass
      Ann reads at Oak → 5
      Bob reads at Reed → 11
      the network heals
      400 ms pass
      Ann reads at Oak → 14
      Bob reads at Reed → 14
    `;
    expect(play(story, eventual({ data: "pnCounter" }))).toBe(story);
  });

  test("a cart: what one side adds survives the other side's removing it", () => {
    const story = `
      Ann adds 7 at Oak → acknowledged
      Ann adds 8 at Oak → acknowledged
      400 ms pass
      Oak is cut off
      Ann adds 7 at Oak → acknowledged
      Bob removes 7 at Pike → acknowledged
      Bob removes 8 at Pike → acknowledged
      Bob reads at Pike → 0
      the network heals
      400 ms pass
      Ann reads at Oak → 1: 7
      Bob reads at Reed → 1: 7
    `;
    expect(play(story, eventual({ data: "orSet" }))).toBe(story);
  });

  test("a cart in a register: the later clock wins, and what the other side put in is gone", () => {
    const story = `
      Oak is cut off
      Ann writes 7 at Oak → acknowledged
      Bob writes 8 at Pike → acknowledged
      the network heals
      400 ms pass
      Ann reads at Oak → 8
    `;
    expect(play(story, eventual())).toBe(story);
  });

  test("a map: a field that one side removed later than the other wrote it is gone", () => {
    const story = `
      Ann writes 7 at Oak → acknowledged
      400 ms pass
      Oak is cut off
      Ann writes 8 at Oak → acknowledged
      Bob removes 7 at Pike → acknowledged
      the network heals
      400 ms pass
      Ann reads at Oak → nothing
      Ann writes 9 at Oak → acknowledged
      400 ms pass
      Bob reads at Reed → 9
    `;
    expect(play(story, eventual({ data: "lwwMap" }))).toBe(story);
  });

  test("a write that knows of another comes after it, whatever the clocks say", () => {
    const story = `
      Oak's clock is 5000 ms ahead
      Ann writes 1 at Oak → acknowledged
      400 ms pass
      Bob writes 2 at Pike → acknowledged
      400 ms pass
      Ann reads at Oak → 2
    `;
    expect(play(story, eventual())).toBe(story);
  });

  test("what was acknowledged is on disk, and goes round after a restart", () => {
    const story = `
      Pike and Reed are cut off
      Ann counts 4 at Oak → acknowledged
      Oak crashes
      the network heals
      Oak restarts
      Ann reads at Oak → 4
      400 ms pass
      Bob reads at Reed → 4
    `;
    expect(play(story, eventual({ data: "gCounter" }))).toBe(story);
  });

  test.each(["push", "pull", "pushPull"] as const)(
    "%s: a replica that lost its disk hears everything again, its own words included, and goes on counting",
    (style) => {
      const story = `
      Ann counts 4 at Reed → acknowledged
      600 ms pass
      Reed crashes
      Reed restarts with an empty disk
      Bob reads at Reed → 0
      Ann counts 1 at Reed → acknowledged
      600 ms pass
      Bob reads at Reed → 5
      Bob reads at Oak → 5
    `;
      const gossips = { style, fanout: 1, intervalMs: 50 };
      expect(play(story, eventual({ data: "gCounter", gossip: gossips }))).toBe(story);
    },
  );

  test("a count in a register loses one of two sides; kept as a count that merges it loses nothing more", () => {
    const story = `
      Ann counts 4 at Oak → acknowledged
      400 ms pass
      Oak is cut off
      Ann counts 2 at Oak → acknowledged
      Bob counts 3 at Pike → acknowledged
      Bob reads at Pike → 7
      the network heals
      400 ms pass
      Ann reads at Oak → 7
      counts are kept as gCounter
      Ann reads at Oak → 7
      Bob reads at Reed → 7
      Oak is cut off
      Ann counts 2 at Oak → acknowledged
      Bob counts 3 at Pike → acknowledged
      the network heals
      400 ms pass
      Ann reads at Oak → 12
      Bob reads at Reed → 12
    `;
    expect(play(story, eventual({ data: "lwwCounter" }))).toBe(story);
  });

  test("counts that go over while two sides don't hear each other take over the larger one", () => {
    const story = `
      Oak is cut off
      Ann counts 2 at Oak → acknowledged
      Bob counts 3 at Pike → acknowledged
      counts are kept as pnCounter
      Ann counts 10 at Oak → acknowledged
      Ann reads at Oak → 12
      the network heals
      400 ms pass
      Ann reads at Oak → 13
      Bob reads at Reed → 13
    `;
    expect(play(story, eventual({ data: "lwwCounter" }))).toBe(story);
  });

  test("a retry at the same replica counts once; nobody knows of it elsewhere", () => {
    const story = `
      Ann counts 1 at Oak → acknowledged
      Ann counts 1 at Oak again → acknowledged
      Ann reads at Oak → 1
      Ann counts 1 at Pike again → acknowledged
      400 ms pass
      Ann reads at Oak → 2
    `;
    expect(play(story, eventual({ data: "gCounter" }))).toBe(story);
  });

  test("what depends on an order is refused", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann replaces 1 by 2 at Oak → refused, noLeader
      Ann counts 1 at Oak → refused, noLeader
    `;
    expect(play(story, eventual())).toBe(story);
  });
});
