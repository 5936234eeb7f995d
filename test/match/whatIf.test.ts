import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Level } from "../../shared/level/schema.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { Match } from "../../shared/match/match.ts";
import { WhatIf, type Attempt } from "../../shared/match/whatIf.ts";
import { campaign } from "../levels/campaign.ts";
import { wishes } from "./intents.ts";
import { ALL_WEATHERS, readLevel } from "./level.ts";
import { crewOf, play } from "./play.ts";

const TICK_MS = 50;

function attempt(level: Level, log: readonly LoggedIntent[] = [], more: Partial<Attempt> = {}): Attempt {
  return { level, seed: "what if", crew: crewOf(1), ticks: level.lasts / TICK_MS, log, ...more };
}

function played(setup: Attempt): Match {
  const whatIf = new WhatIf(setup);
  whatIf.playTo(Infinity);
  return whatIf.match;
}

/** Everything that a crew of one could ask for at a moment, as a log. */
function allAt(level: Level, tick: number): LoggedIntent[] {
  const found = new WhatIf(attempt(level)).optionsAt(tick);
  return found.map(({ operator, intent }) => ({ tick, operator, intent }));
}

/** One intent of every verb of the level, each a while after the other. */
function everyVerb(level: Level): LoggedIntent[] {
  const firsts = allAt(level, 0).filter(({ intent }, place, all) => {
    return all.findIndex((other) => other.intent.verb === intent.verb) === place;
  });
  const verbs = new Set(firsts.map(({ intent }) => intent.verb));
  // A restart, a resize or a vote may need something first; most verbs make sense at once.
  expect(verbs.size).toBeGreaterThan(level.verbs.length / 2);
  return firsts.map((logged, place) => ({ ...logged, tick: 100 + place * 60 }));
}

/**
 * What users asked: when, from where, of whom, for which key and with what. Keys of a session's own, and values that
 * somebody saw, answer to the cluster, and are left out.
 */
function asked({ level, record }: Match): string[] {
  const own = level.workload.filter(({ keys, others }) => keys === "own" || others === "own");
  return [...record.history].map(({ id, component, kind, key, argument, invokedAtUs }) => {
    const isOwn = own.some(({ to, op }) => to === component && op === kind);
    return `${invokedAtUs} ${record.zoneOf(id)} ${component} ${kind} ${isOwn ? "own" : key} ${argument}`;
  });
}

describe("a match played again with another log", () => {
  test("is the same match, to the bit, when the log is the same, and nothing in it is refused", () => {
    fc.assert(
      fc.property(wishes(ALL_WEATHERS, 4), (plan) => {
        const { match } = play(ALL_WEATHERS, { seed: "what if", crew: 4, wishes: plan });
        const { debrief, intents } = new WhatIf(attempt(ALL_WEATHERS, match.log, { crew: crewOf(4) })).outcome();
        expect(debrief.stateHash).toBe(match.stateHash());
        expect(intents.map(({ logged }) => logged)).toEqual(match.log);
        expect(intents.every(({ refused }) => refused === "")).toBe(true);
        const said = match.acts.filter(({ refused }) => !refused).map(({ text }) => text);
        expect(intents.map(({ text }) => text)).toEqual(said.slice(0, intents.length));
      }),
      { seed: 3, numRuns: 4 },
    );
  });

  describe.each(campaign())("on $id meets the same luck, to the bit", (level) => {
    const calm = played(attempt(level));

    test.each([
      ["one intent of every verb", () => everyVerb(level)],
      ["everything at once", () => allAt(level, 400)],
      ["everything at the first tick, and again later", () => [...allAt(level, 0), ...allAt(level, 1_500)]],
    ])("after %s", (_, log) => {
      const changed = played(attempt(level, log()));
      expect(changed.log.length).toBeGreaterThan(0);
      expect(changed.stateHash()).not.toBe(calm.stateHash());
      expect(changed.faults).toEqual(calm.faults);
      const [before, after] = [asked(calm), asked(changed)];
      expect(before.length).toBeGreaterThan(500);
      expect(after).toEqual(before);
      expect(changed.debrief().total).toBe(calm.debrief().total);
    });
  });

  test("under a chaos director meets the same troubles in the same order, if not at the same time", () => {
    const level = readLevel("test/levels/rows/f5-chaos-day.yaml");
    const calm = played(attempt(level));
    const changed = played(attempt(level, allAt(level, 200)));
    expect(changed.chaos.plan).toEqual(calm.chaos.plan);
    const texts = ({ faults }: Match): string[] => faults.map(({ text }) => text);
    const common = Math.min(texts(calm).length, texts(changed).length);
    expect(common).toBeGreaterThan(0);
    expect(texts(changed).slice(0, common)).toEqual(texts(calm).slice(0, common));
    expect(asked(changed)).toEqual(asked(calm));
  });

  test("refuses what makes no sense any more, with the sentence that a player would have read", () => {
    const level = readLevel("levels/04-two-lamps.yaml");
    const log: LoggedIntent[] = [
      { tick: 10, operator: 0, intent: { verb: "fence", node: "elm", fenced: true } },
      { tick: 100, operator: 0, intent: { verb: "promote", store: "ledger", node: "elm" } },
      { tick: 120, operator: 0, intent: { verb: "promote", store: "ledger", node: "moss" } },
    ];
    const { intents } = new WhatIf(attempt(level, log, { ticks: 200 })).outcome();
    expect(intents.map(({ text, refused }) => [text, refused])).toEqual([
      ["fences Elm", ""],
      ["promotes Elm in ledger", "Elm is fenced: it can't lead."],
      ["promotes Moss in ledger", ""],
    ]);
    const without = new WhatIf(attempt(level, [log[0]!, log[2]!], { ticks: 200 })).outcome();
    expect(new WhatIf(attempt(level, log, { ticks: 200 })).outcome().debrief.stateHash).toBe(without.debrief.stateHash);
  });

  test("takes its log in any order, ends where the match ended, and says what came too late", () => {
    const fence: LoggedIntent = { tick: 80, operator: 0, intent: { verb: "fence", node: "oak", fenced: true } };
    const unfence: LoggedIntent = { tick: 10, operator: 0, intent: { verb: "fence", node: "oak", fenced: false } };
    const late: LoggedIntent = { ...fence, tick: 300 };
    const { debrief, intents } = new WhatIf(attempt(ALL_WEATHERS, [late, fence, unfence], { ticks: 200 })).outcome();
    expect(debrief.timeline.lastsMs).toBe(200 * TICK_MS);
    expect(intents.map(({ logged, refused }) => [logged.tick, refused])).toEqual([
      [10, "Oak is not fenced."],
      [80, ""],
      [300, "The match is over."],
    ]);
  });

  test("can be played in slices, and says how far it is", () => {
    const setup = attempt(ALL_WEATHERS, allAt(ALL_WEATHERS, 100));
    const [slowly, shares] = [new WhatIf(setup), [] as number[]];
    for (let tick = 40; !slowly.playTo(tick); tick += 40) shares.push(slowly.share);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(slowly.share).toBe(1);
    expect(slowly.outcome()).toEqual(new WhatIf(setup).outcome());
  });

  test("knows what could be done at a moment after what the log has for it", () => {
    const fence: LoggedIntent = { tick: 80, operator: 0, intent: { verb: "fence", node: "oak", fenced: true } };
    const texts = (log: LoggedIntent[], tick: number): string[] =>
      new WhatIf(attempt(ALL_WEATHERS, log)).optionsAt(tick).map(({ text }) => text);
    expect(texts([], 80)).toContain("fences Oak");
    expect(texts([fence], 80)).not.toContain("fences Oak");
    expect(texts([fence], 200)).toContain("lets Oak back in");
    expect(texts([fence], 501)).toEqual([]);
  });
});
