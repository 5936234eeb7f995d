import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefusal, type Refusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Intent, type VerbName } from "../../shared/match/intent.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { verbs } from "../../shared/match/verbs/registry.ts";
import type { Verb } from "../../shared/match/verbs/verb.ts";
import { anyIntent, intentsOf, wishes } from "../match/intents.ts";
import { ALL_WEATHERS, everyLevel } from "../match/level.ts";
import { crewOf, play, refusals } from "../match/play.ts";

const all = Object.entries(verbs) as [VerbName, Verb<VerbName>][];

function begin(level: Level = ALL_WEATHERS, ticks = 0, crew = 1): Match {
  const match = new Match(level, "verbs", crewOf(crew));
  for (let tick = 0; tick < ticks; tick++) match.advance();
  return match;
}

function expectSentence({ code, sentence }: Refusal): void {
  expect(code).toMatch(/^[a-z][A-Za-z]+$/);
  expect(sentence).toMatch(/^\S.*\.$/);
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object|function/);
}

describe.each(all)("%s", (name, verb) => {
  const intents: fc.Arbitrary<Intent> = intentsOf(ALL_WEATHERS)[name];

  test("is called by its own name, belongs to a role or to everybody, and says what it does", () => {
    expect(verb.name).toBe(name);
    expect([null, ...ROLES]).toContain(verb.role);
    expect(verb.about).toMatch(/^[A-Z].*\.$/);
  });

  test("is done or refused with a sentence, early, in the middle and late, and never throws", () => {
    const outcomes = { done: 0, refused: 0 };
    for (const ticks of [0, 150, 400]) {
      // Handing something over takes somebody to take it, and a vote is about a call.
      const match = begin(ALL_WEATHERS, ticks, name === "handOver" ? 2 : 1);
      match.intend(0, { verb: "ping", at: "n0", word: "look" });
      match.advance();
      for (const intent of fc.sample(intents, { seed: ticks, numRuns: 40 })) {
        expect(Intent.safeParse(intent).success).toBe(true);
        const answer = match.intend(0, intent);
        if (isRefusal(answer)) expectSentence(answer);
        outcomes[isRefusal(answer) ? "refused" : "done"]++;
        match.advance();
      }
    }
    // Both must have come up, or this says nothing about the verb. A call policy can always be set.
    expect(outcomes.done).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  });

  test("says what it does in a few words, whatever it is asked", () => {
    const match = begin();
    for (const intent of fc.sample(intents, { seed: 7, numRuns: 60 })) {
      match.intend(0, intent);
      match.advance();
    }
    for (const { text } of match.acts) expect(text).not.toMatch(/undefined|null|NaN|\[object|^\s*$/);
    expect(match.acts.length).toBe(60);
  });

  test("is not in the hands of another role", () => {
    const match = new Match(ALL_WEATHERS, "verbs", crewOf(4));
    const [intent] = fc.sample(intents, { seed: 1, numRuns: 1 });
    match.operators.forEach(({ roles }, operator) => {
      const answer = match.intend(operator, intent!);
      const role = verb.roleOf?.(match.cluster, intent!) ?? verb.role;
      const isTheirs = role === null || roles.includes(role);
      expect(isRefusal(answer) && answer.code === "notYourRole").toBe(!isTheirs);
    });
  });
});

describe("any intents", () => {
  test.each(everyLevel())("on $id are done or refused with a sentence, and the match goes on", (level) => {
    const intents = anyIntent(level);
    const match = begin(level, 20);
    const before = match.record.history.length;
    for (const intent of fc.sample(intents, { seed: 3, numRuns: 300 })) {
      const answer = match.intend(0, intent);
      if (isRefusal(answer)) expectSentence(answer);
      if (match.tick % 3 === 0) match.view(0);
      match.advance();
    }
    expect(match.record.history.length).toBeGreaterThan(before);
    match.end();
    expect(match.debrief().total).toBe(match.record.history.length);
  });

  test("from somebody without a seat, after the end, or of a verb that the level does not have, are refused", () => {
    const match = begin();
    const fence: Intent = { verb: "fence", node: "oak", fenced: true };
    expect(match.intend(7, fence)).toMatchObject({ code: "noSeat" });
    const without = begin({ ...ALL_WEATHERS, verbs: ["drain"] });
    expect(without.intend(0, fence)).toMatchObject({ code: "notInLevel" });
    expect(isRefusal(without.intend(0, { verb: "ping", at: "n0", word: "" }))).toBe(false);
    match.end();
    expect(match.intend(0, fence)).toMatchObject({ code: "over" });
  });

  test("of two in the same tick the second finds what the first has taken: a crew, a place", () => {
    const match = begin({ ...ALL_WEATHERS, crews: 1 });
    expect(isRefusal(match.intend(0, { verb: "repairLink", a: "A", b: "B" }))).toBe(false);
    expect(match.intend(0, { verb: "repairLink", a: "A", b: "C" })).toMatchObject({ code: "crewBusy" });
    expect(isRefusal(match.intend(0, { verb: "dial", store: "feed", stop: "session" }))).toBe(false);
    expect(match.intend(0, { verb: "dial", store: "feed", stop: "linearizable" })).toMatchObject({ code: "turning" });
    match.advance();
    expect(match.view(0).crews).toEqual({ total: 1, free: 0 });
  });

  test("that were refused leave no trace in the log and none in the match", () => {
    const plan = fc.sample(wishes(ALL_WEATHERS, 1), { seed: 5, numRuns: 6 });
    for (const wished of plan) {
      const { match, answers } = play(ALL_WEATHERS, { wishes: wished });
      expect(match.log.length).toBe(answers.length - refusals(answers).length);
      const accepted = wished.map((wish, place) => ({ ...wish, refused: isRefusal(answers[place]) }));
      // The same wishes without the refused ones: each waits for those left out before it.
      let carried = 0;
      const kept = accepted.flatMap(({ refused, afterTicks, operator, intent }) => {
        const wait = carried + afterTicks;
        carried = refused ? wait : 0;
        return refused ? [] : [{ afterTicks: wait, operator, intent }];
      });
      expect(play(ALL_WEATHERS, { wishes: kept }).match.stateHash()).toBe(match.stateHash());
    }
  });
});
