import { describe, expect, test } from "vitest";
import type { Level } from "../../shared/level/schema.ts";
import { Intent, type VerbName } from "../../shared/match/intent.ts";
import { Match } from "../../shared/match/match.ts";
import { options, OPTIONS_MAX } from "../../shared/match/options.ts";
import { verbOf, verbs } from "../../shared/match/verbs/registry.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import { ALL_WEATHERS, everyLevel, rowLevels } from "../match/level.ts";
import { crewOf } from "../match/play.ts";

const names = Object.keys(verbs) as VerbName[];

/** A match of a level after so many ticks, with a call on its map. */
function matchAt(level: Level, ticks: number, crew: number): Match {
  const match = new Match(level, "options", crewOf(crew));
  for (let tick = 0; tick < ticks; tick++) {
    if (tick === ticks - 2) match.intend(0, { verb: "ping", at: "n0", word: "look" });
    match.advance();
  }
  return match;
}

describe("what could be asked for", () => {
  test.each(everyLevel())("on $id is an intent each, described apart, allowed, and not too much", (level) => {
    for (const [ticks, crew] of [[0, 1], [150, 4], [400, 8]] as const) {
      const match = matchAt(level, ticks, crew);
      const found = options(match);
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(OPTIONS_MAX);
      for (const { operator, intent, text } of found) {
        expect(Intent.parse(intent)).toEqual(intent);
        expect(match.refusalOf(operator, intent), text).toBeNull();
        expect(text).not.toMatch(/undefined|null|NaN|\[object|^\s*$/);
      }
      const said = found.map(({ operator, text }) => `${operator} ${text}`);
      expect(new Set(said).size).toBe(said.length);
    }
  });

  test("looking changes neither the match nor what is seen of it", () => {
    const [looked, plain] = [matchAt(ALL_WEATHERS, 100, 4), matchAt(ALL_WEATHERS, 100, 4)];
    for (let tick = 0; tick < 60; tick++) {
      if (tick % 20 === 0) options(looked);
      looked.advance();
      plain.advance();
    }
    expect(looked.stateHash()).toBe(plain.stateHash());
    expect(looked.view(0)).toEqual(plain.view(0));
    expect(looked.log).toEqual(plain.log);
  });

  test("no verb of the registry is left out, and every likely wish is an intent that is allowed or refused with a sentence", () => {
    const seen = new Set<VerbName>();
    for (const level of [...everyLevel(), ...rowLevels()]) {
      const match = matchAt(level, 100, 2);
      for (const name of names) {
        for (const intent of verbOf(name).options(match.stage)) {
          expect(Intent.parse(intent)).toEqual(intent);
          expect(intent.verb).toBe(name);
          expect(match.refusalOf(0, intent)?.sentence ?? "Allowed.").toMatch(/^\S.*\.$/);
          seen.add(name);
        }
      }
    }
    expect([...seen].sort()).toEqual([...names].sort());
  });

  test("whatever is offered can be done, and is then called what it was called", () => {
    const done = new Set<VerbName>();
    // At the start, and for what takes something to have happened later: each takes a match of its own.
    for (const tick of [2, 280]) {
      const log = [{ tick: tick - 2, operator: 0, intent: { verb: "ping", at: "n0", word: "look" } as const }];
      const setup = { level: ALL_WEATHERS, seed: "options", crew: crewOf(2), ticks: tick + 2, log };
      const offered = new WhatIf(setup).optionsAt(tick).toReversed();
      for (const name of names.filter((one) => !done.has(one))) {
        const option = offered.find(({ intent }) => intent.verb === name);
        if (option === undefined) continue;
        const { operator, intent, text } = option;
        const { intents } = new WhatIf({ ...setup, log: [...log, { tick, operator, intent }] }).outcome();
        expect(intents.at(-1)).toEqual({ logged: { tick, operator, intent }, text, refused: "" });
        done.add(name);
      }
    }
    // Those without anything to repair, go back to or derive anew have no place in this level.
    const without = names.filter((name) => !done.has(name));
    expect(without).toEqual([]);
  });

  test("is what the level allows, by whoever may: nobody is offered another role's verb", () => {
    const drainOnly = matchAt({ ...ALL_WEATHERS, verbs: ["drain"] }, 10, 4);
    const found = options(drainOnly).filter(({ intent }) => !["ping", "vote", "take", "handOver"].includes(intent.verb));
    expect(found.length).toBeGreaterThan(0);
    const traffic = drainOnly.operators.findIndex(({ roles }) => roles.includes("traffic"));
    expect(found.every(({ operator, intent }) => intent.verb === "drain" && operator === traffic)).toBe(true);
    drainOnly.end();
    expect(options(drainOnly)).toEqual([]);
  });
});
