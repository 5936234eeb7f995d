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
      Oak's role is → candidate, at 2
      Ann reads at Oak → refused, noLeader
      the network heals
      3000 ms pass
      whoever leads now is called Elm
      Ann reads at Oak → sent on to Elm, 1
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
      600 ms pass
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
      3000 ms pass
      whoever leads now is called Elm
      Ann writes 1 at Oak → sent on to Elm, acknowledged
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("a leader hands over to a follower that has all it has, and nobody is without a leader for long", () => {
    const story = `
      300 ms pass
      Ann writes 1 at Oak → acknowledged
      an operator tells Pike to hand over to Reed → not taken
      an operator tells Oak to hand over to Reed → taken
      100 ms pass
      Reed is → leader of 2, at 3
      Oak is → follower of 2, follows Reed, at 3
      Ann writes 2 at Oak → sent on to Reed, acknowledged
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("a leader can't hand over to a follower that it does not reach, and goes on", () => {
    const story = `
      300 ms pass
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      an operator tells Oak to hand over to Reed → taken
      Ann writes 2 at Oak → refused, steppedDown
      300 ms pass
      Ann writes 3 at Oak → acknowledged
      Oak is → leader of 1, at 3
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("a follower that was away for longer than the log reaches back is sent a snapshot", () => {
    const story = `
      300 ms pass
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      Ann writes 2 at Oak → acknowledged
      Ann writes 3 at Oak → acknowledged
      Ann writes 4 at Oak → acknowledged
      Ann writes 5 at Oak → acknowledged
      Ann writes 6 at Oak → acknowledged
      Reed is → follower of 1, follows Oak, at 1
      the network heals
      600 ms pass
      Reed is → follower of 1, follows Oak, at 7
      Reed crashes
      Reed restarts
      Reed is → follower of 1, at 7
      the dial is turned to eventual
      Bob reads at Reed → 6
    `;
    expect(play(story, { protocol: raft, config: { snapshotEvery: 2, preVote: true } })).toBe(story);
  });

  test("a node that is gone for good is replaced by a spare, one change at a time", () => {
    const story = `
      300 ms pass
      Fern is → learner of 0, at 0
      Ann writes 1 at Oak → acknowledged
      Reed crashes
      an operator tells Oak to add Fern → taken
      an operator tells Oak to take out Reed → not taken
      200 ms pass
      Fern is → follower of 1, follows Oak, at 3
      an operator tells Oak to take out Reed → taken
      200 ms pass
      Pike crashes
      Ann writes 2 at Oak → acknowledged
      Ann reads at Fern → sent on to Oak, 2
    `;
    expect(play(story, { protocol: raft, replicas: 4, config: { spares: 1 } })).toBe(story);
  });

  test("a leader that is taken out leads until the others have agreed, and then another is elected", () => {
    const story = `
      300 ms pass
      an operator tells Oak to take out Oak → taken
      Oak is → leader of 1, at 1
      50 ms pass
      Oak is → learner of 1, at 2
      3000 ms pass
      whoever leads now is called Elm
      Ann writes 1 at Elm → acknowledged
      Elm's role is → leader, at 4
      Oak is → learner of 1, at 2
    `;
    expect(play(story, { protocol: raft })).toBe(story);
  });

  test("with pre-vote a replica that was cut off deposes nobody when it comes back", () => {
    const story = `
      300 ms pass
      Reed is cut off
      2000 ms pass
      Reed is → follower of 1, at 1
      the network heals
      300 ms pass
      Oak is → leader of 1, at 1
      Reed is → follower of 1, follows Oak, at 1
    `;
    expect(play(story, { protocol: raft, config: { preVote: true } })).toBe(story);
  });

  test("a lease is as good as the clocks: one that is set back makes a deposed leader answer from the past", () => {
    const story = `
      340 ms pass
      Ann writes 1 at Oak → acknowledged
      Oak is cut off
      Oak stands still
      Oak's clock is -5000 ms ahead
      3000 ms pass
      whoever leads now is called Elm
      Bob writes 2 at Elm → acknowledged
      Oak goes on
      Ann reads at Oak → 1
      Bob reads at Elm → 2
      500 ms pass
      Ann reads at Oak → refused, noLeader
    `;
    expect(play(story, { protocol: raft, config: { reads: "lease" } })).toBe(story);
  });

  test("a follower answers linearizable reads itself, with an index that the leader had confirmed", () => {
    const story = `
      300 ms pass
      Ann writes 1 at Oak → acknowledged
      Bob reads at Pike → 1
      Oak does not hear Pike
      Ann writes 2 at Oak → acknowledged
      Bob reads at Pike → sent on to Oak, 2
    `;
    expect(play(story, { protocol: raft, config: { reads: "follower" } })).toBe(story);
  });
});
