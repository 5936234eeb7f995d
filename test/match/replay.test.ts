import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { Match } from "../../shared/match/match.ts";
import { wishes } from "./intents.ts";
import { ALL_WEATHERS } from "./level.ts";
import { play, replay } from "./play.ts";

/** A debrief without what a log does not keep: wishes that were refused had no effect. */
function told(match: Match): Debrief {
  const debrief = match.debrief();
  const acts = debrief.timeline.acts.filter(({ refused }) => !refused);
  return { ...debrief, timeline: { ...debrief.timeline, acts } };
}

const plan = wishes(ALL_WEATHERS, 4);

describe("a match and its log", () => {
  test("played again from the log it has the same hash and the same debrief", () => {
    fc.assert(
      fc.property(plan, fc.nat(1e6), (wished, luck) => {
        const seed = String(luck);
        const { match } = play(ALL_WEATHERS, { seed, crew: 4, wishes: wished });
        const again = replay(ALL_WEATHERS, seed, 4, match.log);
        expect(again.stateHash()).toBe(match.stateHash());
        expect(told(again)).toEqual(told(match));
      }),
      { seed: 1, numRuns: 6 },
    );
  });

  test("an intent takes effect at the tick in the log: a tick later is another match", () => {
    const fence = { verb: "fence", node: "oak", fenced: true } as const;
    const hashAt = (afterTicks: number): string =>
      play(ALL_WEATHERS, { wishes: [{ afterTicks, operator: 0, intent: fence }] }).match.stateHash();
    expect(hashAt(100)).toBe(hashAt(100));
    expect(hashAt(101)).not.toBe(hashAt(100));
  });

  test("looking at a match does not change it, nor what others see of it", () => {
    const unseen = play(ALL_WEATHERS, { crew: 4 }).match;
    const watched = play(ALL_WEATHERS, {
      crew: 4,
      each: (match) => void match.view(match.tick % 4),
    }).match;
    expect(watched.stateHash()).toBe(unseen.stateHash());
    expect(watched.debrief()).toEqual(unseen.debrief());
  });

  test("somebody who looks in late sees what those see who looked all the time", () => {
    const [late, always] = [new Map<number, string>(), new Map<number, string>()];
    const noteAt = (notes: Map<number, string>, match: Match): void => {
      if (match.tick % 90 === 0) notes.set(match.tick, JSON.stringify(match.view(0)));
    };
    play(ALL_WEATHERS, { each: (match) => noteAt(late, match) });
    play(ALL_WEATHERS, {
      each: (match) => {
        match.view(0);
        noteAt(always, match);
      },
    });
    expect(late.size).toBeGreaterThan(4);
    expect([...late]).toEqual([...always]);
  });

  test("who sits in a seat, and how fast the room's clock runs, is for show only", () => {
    const plain = play(ALL_WEATHERS, {}).match;
    const shown = play(ALL_WEATHERS, {
      each: (match) => {
        match.seat(0, { name: "Bot", bot: match.tick % 2 === 0, connected: false });
        match.setPace({ paused: match.tick % 3 === 0, speed: 4 });
      },
    }).match;
    expect(shown.stateHash()).toBe(plain.stateHash());
    expect(shown.debrief().score).toBe(plain.debrief().score);
  });
});
