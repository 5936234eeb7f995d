import { describe, expect, test } from "vitest";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import { play } from "./story.ts";

/** Oak, Pike and Reed are the replicas; Fern and Moss come after them on the preference list. */
const sloppy = { stop: "eventual", readQuorum: 2, writeQuorum: 2, readRepair: false, standIns: 2 } as const;
const strict = { ...sloppy, standIns: 0 };

describe("stories of sloppy quorums (DeCandia 2007, section 4.6)", () => {
  test("a strict quorum refuses what a sloppy one takes: nodes further down stand in", () => {
    const story = (read: string, write: string) => `
      Pike and Reed are cut off
      Ann writes 1 at Oak → ${write}
      Ann reads at Oak → ${read}
    `;
    const refused = story("refused, quorumUnreachable", "no answer");
    expect(play(refused, { protocol: quorum, config: strict })).toBe(refused);
    const served = story("1", "acknowledged");
    expect(play(served, { protocol: quorum, config: sloppy })).toBe(served);
  });

  test("a stand-in hands over what it kept as soon as the replica is back, and keeps nothing", () => {
    const story = `
      Reed crashes
      Ann writes 1 at Oak → acknowledged
      300 ms pass
      Reed restarts
      Reed is → replica, at 0
      200 ms pass
      Reed is → replica, at 1
      Oak is → replica, at 1
    `;
    expect(play(story, { protocol: quorum, config: { ...sloppy, hintedHandoff: false } })).toBe(story);
  });

  test("a stand-in keeps what it acknowledged through a crash", () => {
    const story = `
      Pike crashes
      Reed crashes
      Ann writes 1 at Oak → acknowledged
      Oak crashes
      Fern crashes
      Moss crashes
      Fern restarts
      Moss restarts
      Pike restarts
      Reed restarts
      300 ms pass
      Bob reads at Pike → 1
    `;
    expect(play(story, { protocol: quorum, config: { ...sloppy, hintedHandoff: false } })).toBe(story);
  });

  test("a stand-in coordinates, too: a write is taken while no replica is up at all", () => {
    const story = `
      Oak, Pike and Reed are cut off
      Ann writes 1 at Fern → acknowledged
      Ann reads at Moss → 1
      the network heals
      300 ms pass
      Bob reads at Pike → 1
    `;
    expect(play(story, { protocol: quorum, config: sloppy })).toBe(story);
  });

  test("R + W > N and yet stale: both sides of a partition find a quorum, and the quorums don't meet", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      100 ms pass
      Oak, Fern are cut off
      Ann writes 2 at Oak → acknowledged
      Bob reads at Pike → 1
      the network heals
      300 ms pass
      Bob reads at Pike → 2
    `;
    expect(play(story, { protocol: quorum, config: sloppy })).toBe(story);
  });

  test("from session on quorums must meet, so nobody stands in", () => {
    const story = `
      Pike and Reed are cut off
      the dial is turned to session
      Ann writes 1 at Oak → no answer
      the dial is turned to eventual
      Bob writes 2 at Oak → acknowledged
      the dial is turned to linearizable
      Bob reads at Oak → refused, quorumUnreachable
    `;
    expect(play(story, { protocol: quorum, config: sloppy })).toBe(story);
  });

  test("who was silent is passed over at once by the next request, until it is heard of again", () => {
    const story = `
      Pike and Reed are cut off
      Ann writes 1 at Oak → acknowledged
      Pike crashes
      Reed crashes
      the network heals
      Ann writes 2 at Oak → acknowledged
      Ann reads at Oak → 2
    `;
    expect(play(story, { protocol: quorum, config: { ...sloppy, requestTimeoutMs: 150 } })).toBe(story);
  });
});
