import { describe, expect, test } from "vitest";
import { protocols } from "../../shared/protocols/registry.ts";
import { play } from "./story.ts";

const { single, primaryBackup, quorum, raft } = protocols;

describe("single", () => {
  test("keeps what it acknowledged through a crash, and serves nobody meanwhile", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Oak crashes
      Ann reads at Oak → no answer
      Oak restarts
      Ann reads at Oak → 1
      Oak crashes
      Oak restarts with an empty disk
      Ann reads at Oak → nothing
    `;
    expect(play(story, { protocol: single, replicas: 1 })).toBe(story);
  });
});

describe("primaryBackup", () => {
  test("split brain: two primaries acknowledge writes, and those of the older one are lost", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      an operator promotes Pike, with Pike and Reed as members
      200 ms pass
      Oak is → primary of 0, at 1
      Pike is → primary of 1, at 1
      Reed is → backup of 1, follows Pike, at 1
      Ann writes 2 at Oak → acknowledged
      Ann writes 3 at Oak → acknowledged
      Bob writes 4 at Pike → acknowledged
      Ann reads at Oak → 3
      Bob reads at Reed → sent on to Pike, 4
      the network heals
      200 ms pass
      Oak is → backup of 1, follows Pike, at 2
      Ann reads at Oak → sent on to Pike, 4
    `;
    expect(play(story, { protocol: primaryBackup })).toBe(story);
  });

  test("an asynchronous primary serves alone; what its backups missed comes to them after the cut", () => {
    const story = `
      Oak is cut off
      Ann writes 1 at Oak → acknowledged
      Ann writes 2 at Oak → acknowledged
      Ann reads at Pike → nothing
      Ann writes 3 at Pike → sent on to Oak, acknowledged
      the network heals
      200 ms pass
      Pike is → backup of 0, follows Oak, at 3
      Ann reads at Pike → 3
    `;
    expect(play(story, { protocol: primaryBackup, config: { stop: "eventual" } })).toBe(story);
  });

  test("a synchronous primary waits for every member, until an operator takes the missing one out", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Reed is cut off
      Ann writes 2 at Oak → no answer
      Ann reads at Oak → refused, quorumUnreachable
      an operator tells Oak that the members are Oak, Pike
      Ann reads at Oak → 2
      Ann writes 3 at Oak → acknowledged
    `;
    expect(play(story, { protocol: primaryBackup, config: { mode: "sync" } })).toBe(story);
  });

  test("a synchronous primary that was replaced behind its back confirms nothing any more", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Oak does not hear Pike
      Pike does not hear Oak
      an operator promotes Pike, with Pike and Reed as members
      200 ms pass
      Oak is → backup of 1, follows Pike, at 1
      Bob writes 2 at Pike → acknowledged
      Ann reads at Oak → sent on to Pike, 2
    `;
    expect(play(story, { protocol: primaryBackup, config: { mode: "sync" } })).toBe(story);
  });

  test("the same write asked twice is applied once", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann writes 1 at Oak again → acknowledged
      Oak is → primary of 0, at 1
    `;
    expect(play(story, { protocol: primaryBackup })).toBe(story);
  });

  test("at session a backup waits for what the session has seen, and sends it on when that does not come", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Reed is cut off
      Ann writes 2 at Oak → acknowledged
      Bob reads at Reed → 1
      Ann reads at Reed → sent on to Oak, 2
      the network heals
      200 ms pass
      Ann reads at Reed → 2
    `;
    expect(play(story, { protocol: primaryBackup, config: { stop: "session" } })).toBe(story);
  });

  test("at bounded staleness a backup that is cut off answers until the bound, then refuses", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Reed is cut off
      Ann writes 2 at Oak → acknowledged
      Bob reads at Reed → 1
      300 ms pass
      Bob reads at Reed → refused, tooStale
      Bob reads at Pike → 2
    `;
    expect(play(story, { protocol: primaryBackup, config: { stop: "boundedStaleness" } })).toBe(story);
  });

  test("a primary that lost its disk does not lead on: its emptiness would be copied", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak crashes
      Oak restarts with an empty disk
      Ann reads at Oak → refused, notPrimary
      an operator promotes Pike, with Oak, Pike, Reed as members
      200 ms pass
      Ann reads at Oak → sent on to Pike, 1
      Oak is → backup of 1, follows Pike, at 1
    `;
    expect(play(story, { protocol: primaryBackup })).toBe(story);
  });
});

describe("quorum", () => {
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

describe("raft", () => {
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
