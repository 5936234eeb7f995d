import { describe, expect, test } from "vitest";
import { chain } from "../../shared/protocols/chain/chain.ts";
import { play } from "./story.ts";

describe("stories of chain", () => {
  test("a write goes in at the head, and any replica reads it", () => {
    const story = `
      Ann writes 1 at Reed → sent on to Oak, acknowledged
      20 ms pass
      Oak is → head of 0, at 1
      Pike is → middle of 0, follows Oak, at 1
      Reed is → tail of 0, follows Pike, at 1
      Bob reads at Oak → 1
      Bob reads at Pike → 1
      Bob reads at Reed → 1
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("a cut anywhere stops all writes; what is clean is read everywhere, what is dirty only where the tail is", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Reed is cut off
      Bob reads at Oak → 1
      Ann writes 2 at Oak → no answer
      Bob reads at Oak → refused, quorumUnreachable
      Bob reads at Pike → refused, quorumUnreachable
      Bob reads at Reed → 1
      the network heals
      200 ms pass
      Bob reads at Oak → 2
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("the tail is fenced: the one before is tail, and the write that waited counts", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Reed crashes
      Ann writes 2 at Oak → no answer
      operators fence Reed
      100 ms pass
      Pike is → tail of 1, follows Oak, at 2
      Bob reads at Oak → 2
      Ann writes 3 at Oak → acknowledged
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("the head is fenced: what only it had never counted, and it drops that when it is let in behind the tail", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Oak is cut off
      Ann writes 2 at Oak → no answer
      operators fence Oak
      Bob writes 3 at Pike → acknowledged
      the network heals
      operators let Oak in
      Oak is → joining of 2, follows Reed, at 1
      200 ms pass
      Oak is → tail of 2, follows Reed, at 2
      Ann reads at Oak → 3
      Ann writes 4 at Oak → sent on to Pike, acknowledged
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("one in the middle is fenced: its neighbours meet, and the updates it had not passed on are sent again", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Pike crashes
      Ann writes 2 at Oak → no answer
      operators fence Pike
      100 ms pass
      Oak is → head of 1, at 2
      Reed is → tail of 1, follows Oak, at 2
      Bob reads at Reed → 2
      Pike restarts with an empty disk
      operators let Pike in
      300 ms pass
      Pike is → tail of 2, follows Reed, at 2
      Bob reads at Pike → 2
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("a tail that lost its disk catches up in its place", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Reed crashes
      Reed restarts with an empty disk
      Reed is → joining of 0, follows Pike, at 0
      Ann writes 2 at Oak → acknowledged
      300 ms pass
      Reed is → tail of 0, follows Pike, at 2
      Bob reads at Reed → 2
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("a head that lost its disk takes no writes until operators fence it and let it in again", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Oak crashes
      Oak restarts with an empty disk
      Ann writes 2 at Pike → sent on to Oak, refused, notPrimary
      operators fence Oak
      operators let Oak in
      300 ms pass
      Oak is → tail of 2, follows Reed, at 1
      Ann writes 3 at Oak → sent on to Pike, acknowledged
      Ann reads at Oak → 3
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("at eventual a replica that is cut off reads on; at bounded staleness only until the bound", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      300 ms pass
      Bob reads at Oak → 1
    `;
    expect(play(story, { protocol: chain, config: { stop: "eventual" } })).toBe(story);
    const bounded = story.replace("Oak → 1\n", "Oak → refused, tooStale\n");
    expect(play(bounded, { protocol: chain, config: { stop: "boundedStaleness" } })).toBe(bounded);
  });

  test("the same write asked twice is applied once, and a cas that fails is a definite no", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann writes 1 at Oak again → acknowledged
      Oak is → head of 0, at 1
      Ann replaces 1 by 2 at Oak → acknowledged
      Bob replaces 1 by 3 at Oak → another value was found
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });

  test("nobody is left who has everything: an operator lets the head begin anew, and the rest is lost", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      operators fence Oak
      Reed is cut off
      operators let Oak in
      operators fence Reed
      operators fence Pike
      Oak is → joining of 4, at 1
      the network heals
      operators let Pike in
      operators let Reed in
      100 ms pass
      Ann writes 2 at Oak → refused, notPrimary
      an operator promotes Oak, with Oak, Pike, Reed as members
      200 ms pass
      Ann reads at Reed → 1
      Ann writes 3 at Reed → sent on to Oak, acknowledged
      Reed is → tail of 6, follows Pike, at 2
    `;
    expect(play(story, { protocol: chain })).toBe(story);
  });
});
