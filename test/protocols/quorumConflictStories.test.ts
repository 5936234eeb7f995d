import { describe, expect, test } from "vitest";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import { play } from "./story.ts";

const siblings = { stop: "eventual", conflict: "siblings" } as const;
const lastWriteWins = { stop: "eventual", conflict: "lastWriteWins" } as const;

describe("stories of conflicting writes (DeCandia 2007, section 4.4)", () => {
  test("two sides of a partition write: the later clock wins, the other write is gone", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      Ann writes 2 at Oak → acknowledged
      Bob writes 3 at Pike → acknowledged
      1000 ms pass
      the network heals
      1000 ms pass
      Cleo reads at Oak → 3
    `;
    expect(play(story, { protocol: quorum, config: lastWriteWins })).toBe(story);
  });

  test("two sides of a partition write: both are kept, and who has read both replaces both", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Bob reads at Pike → 1
      Oak is cut off
      Ann writes 2 at Oak → acknowledged
      Bob writes 3 at Pike → acknowledged
      1000 ms pass
      the network heals
      1000 ms pass
      Cleo reads at Oak → 3: 2, 3
      Cleo writes 5 at Oak → acknowledged
      100 ms pass
      Dora reads at Reed → 5
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });

  test("a clock that is ahead hides a later write, unless concurrent writes are kept", () => {
    const story = (read: string) => `
      Oak's clock is 500 ms ahead
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Bob writes 2 at Pike → acknowledged
      100 ms pass
      Bob reads at Pike → ${read}
    `;
    expect(play(story("1"), { protocol: quorum, config: lastWriteWins })).toBe(story("1"));
    expect(play(story("1: 1, 2"), { protocol: quorum, config: siblings })).toBe(story("1: 1, 2"));
  });

  test("a clock that drifts takes the next write back to before the last one", () => {
    const story = (read: string) => `
      Oak's clock is 50 ms ahead
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Bob reads at Oak → 1
      Pike's clock is -200 ms ahead
      Bob writes 2 at Pike → acknowledged
      100 ms pass
      Bob reads at Oak → ${read}
    `;
    expect(play(story("1"), { protocol: quorum, config: lastWriteWins })).toBe(story("1"));
    expect(play(story("2"), { protocol: quorum, config: siblings })).toBe(story("2"));
  });

  test("a write of one who has read replaces what it read by whatever clock", () => {
    const story = `
      Oak's clock is 5000 ms ahead
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Bob reads at Pike → 1
      Bob writes 2 at Pike → acknowledged
      100 ms pass
      Cleo reads at Reed → 2
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });

  test("two blind writes through one coordinator are concurrent, and so is the third of one who saw neither", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Bob writes 2 at Oak → acknowledged
      Cleo writes 3 at Oak → acknowledged
      100 ms pass
      Dora reads at Reed → 3: 1, 2, 3
      Ann writes 4 at Pike → acknowledged
      100 ms pass
      Dora reads at Reed → 4: 2, 3, 4
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });

  test("a write that is brought again to its coordinator is one write", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Ann writes 1 at Oak again → acknowledged
      100 ms pass
      Bob reads at Pike → 1
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });

  test("a coordinator that lost its disk counts as somebody new: nothing passes for what it wrote before", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Reed is cut off
      Oak crashes
      Oak restarts with an empty disk
      Pike crashes
      Bob writes 2 at Oak → acknowledged
      the network heals
      Pike restarts
      100 ms pass
      an operator orders Oak to repair
      200 ms pass
      Cleo reads at Oak → 2: 1, 2
      Cleo reads at Reed → 2: 1, 2
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });

  test("at linearizable a write replaces all that its quorum told, so it leaves one value", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Bob writes 2 at Pike → acknowledged
      100 ms pass
      Cleo reads at Reed → 2: 1, 2
      the dial is turned to linearizable
      Dora writes 3 at Reed → acknowledged
      Cleo reads at Oak → 3
    `;
    expect(play(story, { protocol: quorum, config: siblings })).toBe(story);
  });
});

describe("stories of anti-entropy (DeCandia 2007, section 4.7)", () => {
  const bare = { stop: "eventual", hintedHandoff: false, readRepair: false } as const;

  test("what no hint and no read brings, the next comparison does", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      1000 ms pass
      the network heals
      900 ms pass
      Reed is → replica, at 0
      2000 ms pass
      Reed is → replica, at 1
    `;
    expect(play(story, { protocol: quorum, config: { ...bare, antiEntropyMs: 2_000 } })).toBe(story);
  });

  test("an operator has a replica repaired at once, both ways", () => {
    const story = `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      Bob writes 2 at Reed → acknowledged
      1000 ms pass
      the network heals
      1000 ms pass
      Reed is → replica, at 1
      an operator orders Reed to repair
      100 ms pass
      Ann reads at Reed → 2
      Ann reads at Oak → 2
    `;
    expect(play(story, { protocol: quorum, config: bare })).toBe(story);
  });

  test("a replica that lost its disk is filled again", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Reed crashes
      Reed restarts with an empty disk
      Reed is → replica, at 0
      1100 ms pass
      Reed is → replica, at 1
    `;
    expect(play(story, { protocol: quorum, config: { ...bare, antiEntropyMs: 500 } })).toBe(story);
  });

  test("a hint is kept as long as the window, not longer", () => {
    const story = (position: string) => `
      Reed is cut off
      Ann writes 1 at Oak → acknowledged
      2000 ms pass
      the network heals
      1000 ms pass
      Reed is → replica, at ${position}
    `;
    const hinted = { ...bare, hintedHandoff: true };
    expect(play(story("1"), { protocol: quorum, config: { ...hinted, hintWindowMs: 5_000 } })).toBe(story("1"));
    expect(play(story("0"), { protocol: quorum, config: { ...hinted, hintWindowMs: 1_000 } })).toBe(story("0"));
  });
});
