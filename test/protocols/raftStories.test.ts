import { describe, expect, test } from "vitest";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { play } from "./story.ts";

describe("stories of raft", () => {
  test("a leader cut off from the quorum steps down, and the others go on", () => {
    const story = `
      300 ms pass
      Oak is → leader of 1, at 1
      Ann writes 1 at Pike → sent on to Oak, acknowledged
      Oak is cut off
      Ann writes 2 at Oak → no answer
      Oak is → candidate of 5, at 2
      Ann reads at Oak → refused, noLeader
      the network heals
      1500 ms pass
      Ann reads at Oak → sent on to Reed, 1
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("a compare-and-set is decided by the one order of the log", () => {
    const story = `
      300 ms pass
      Ann writes 1 at Oak → acknowledged
      Bob replaces 1 by 2 at Pike → sent on to Oak, acknowledged
      Cleo replaces 1 by 3 at Reed → sent on to Oak, another value was found
      Ann reads at Oak → 2
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("a replica that is cut off serves everybody at eventual, who has seen no more at session, nobody at linearizable", () => {
    const story = `
      300 ms pass
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Reed is cut off
      Ann writes 2 at Oak → acknowledged
      Ann reads at Reed → 1
      the dial is turned to session
      Bob reads at Reed → 1
      Ann reads at Reed → refused, noLeader
      the dial is turned to linearizable
      Bob reads at Reed → refused, noLeader
      Bob reads at Pike → sent on to Oak, 2
    `;
    expect(play(story, { protocol: raft, config: { stop: "eventual" } })).toBe(story);
  });

  test("a leader told to step down is followed by another", () => {
    const story = `
      300 ms pass
      an operator tells Oak to step down
      Oak is → follower of 1, at 1
      700 ms pass
      Ann writes 1 at Oak → sent on to Reed, acknowledged
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });
});
