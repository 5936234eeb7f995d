import { describe, expect, test } from "vitest";
import { primaryBackup } from "../../shared/protocols/primaryBackup/primaryBackup.ts";
import { play } from "./story.ts";

describe("stories of primaryBackup", () => {
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

  test("the bound on staleness ends with the primary: who is led by one that was replaced takes itself to be up to date", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      300 ms pass
      Oak and Reed are cut off
      an operator promotes Pike, with Pike and Fern as members
      Bob writes 2 at Pike → acknowledged
      2000 ms pass
      Bob reads at Fern → 2
      Ann reads at Oak → 1
      Ann reads at Reed → 1
      the network heals
      200 ms pass
      Ann reads at Oak → 2
      Ann reads at Reed → 2
    `;
    const config = { mode: "sync", stop: "boundedStaleness", boundMs: 1_000 } as const;
    expect(play(story, { protocol: primaryBackup, replicas: 4, config })).toBe(story);
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

  test("semi-synchronous: what was acknowledged outlives the primary, on the backup that has it", () => {
    const story = `
      Pike is cut off
      Ann writes 1 at Oak → acknowledged
      Oak crashes
      the network heals
      an operator promotes Reed, with Pike and Reed as members
      200 ms pass
      Bob reads at Reed → 1
      Pike is → backup of 2, follows Reed, at 1
    `;
    expect(play(story, { protocol: primaryBackup, config: { mode: "semiSync" } })).toBe(story);
  });

  test("semi-synchronous: a primary that nobody acknowledges goes on alone, and then loses what it acknowledged", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      Ann writes 2 at Oak → acknowledged
      an operator promotes Pike, with Pike and Reed as members
      the network heals
      200 ms pass
      Ann reads at Oak → sent on to Pike, 1
    `;
    expect(play(story, { protocol: primaryBackup, config: { mode: "semiSync" } })).toBe(story);
    const patient = story.replace("writes 2 at Oak → acknowledged", "writes 2 at Oak → no answer");
    const config = { mode: "semiSync", semiSyncTimeoutMs: 60_000 } as const;
    expect(play(patient, { protocol: primaryBackup, config })).toBe(patient);
  });

  test("with a lease there is one primary at a time: the old one stops before the new one begins", () => {
    const story = `
      100 ms pass
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      an operator promotes Pike, with Pike and Reed as members
      Ann writes 2 at Oak → acknowledged
      Bob writes 3 at Pike → refused, noLease
      400 ms pass
      Ann writes 4 at Oak → refused, noLease
      Ann reads at Oak → refused, noLease
      200 ms pass
      Bob writes 5 at Pike → acknowledged
    `;
    const config = { leaseMs: 400, leaseMarginMs: 20 };
    expect(play(story, { protocol: primaryBackup, config })).toBe(story);
  });

  test("clocks that jump beyond the margin make two holders of a lease; fencing tokens let only the new one write", () => {
    const story = `
      100 ms pass
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak is cut off
      an operator promotes Pike, with Pike and Reed as members
      Pike's clock is 3000 ms ahead
      Reed's clock is 3000 ms ahead
      50 ms pass
      Bob writes 2 at Pike → acknowledged
      Ann writes 3 at Oak → acknowledged
      the network heals
      200 ms pass
      Ann reads at Oak → sent on to Pike, 2
    `;
    const config = { leaseMs: 400, leaseMarginMs: 20 };
    expect(play(story, { protocol: primaryBackup, config })).toBe(story);
    const fenced = story.replace("writes 3 at Oak → acknowledged", "writes 3 at Oak → no answer");
    expect(play(fenced, { protocol: primaryBackup, config: { ...config, fencingTokens: true } })).toBe(fenced);
  });
});
