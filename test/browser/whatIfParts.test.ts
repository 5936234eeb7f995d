import { describe, expect, test } from "vitest";
import { clockMs, preciseClock } from "../../client/panels/figures.ts";
import { berthsOf } from "../../client/panels/whatIf/berths.ts";
import { differenceText, effectOf, folded, sideBySide } from "../../client/panels/whatIf/difference.ts";
import { asItWas, changeOf, editsOf, leftOut, logOf, moved, replaced, withAdded } from "../../client/panels/whatIf/edits.ts";
import { past } from "../../client/panels/whatIf/past.ts";
import { questionOf, spokenQuestion } from "../../client/panels/whatIf/question.ts";
import type { LossView } from "../../shared/match/debrief.ts";
import { Match } from "../../shared/match/match.ts";
import { verbs } from "../../shared/match/verbs/registry.ts";
import { everyLevel, rowLevels } from "../match/level.ts";
import { crewOf } from "../match/play.ts";
import { DEBRIEF } from "./panelsFixture.ts";

const CREW = [{ name: "Sol" }, { name: "Kim" }];
const fence = { verb: "fence", node: "oak", fenced: true } as const;
const PLAYED = editsOf([
  { logged: { tick: 100, operator: 0, intent: fence }, text: "fences Oak", refused: "" },
  { logged: { tick: 200, operator: 1, intent: { verb: "promote", store: "ledger", node: "elm" } }, text: "promotes Elm in ledger", refused: "" },
]);
const MOSS = { operator: 1, intent: { verb: "promote", store: "ledger", node: "moss" } as const, text: "promotes Moss in ledger" };

describe("changes of a log", () => {
  test("each is told from what was played, and the log to be played is in order of time", () => {
    const changed = moved(replaced(withAdded(PLAYED, 50, MOSS), 1, MOSS), 0, 300);
    expect(changed.map(changeOf)).toEqual(["moved", "replaced", "added"]);
    expect(logOf(changed).map(({ id, logged }) => [id, logged.tick])).toEqual([[2, 50], [1, 200], [0, 300]]);
    expect(PLAYED.map(changeOf)).toEqual([null, null]);
  });

  test("what was played is left out and can be put back; what was added is gone", () => {
    const without = leftOut(PLAYED, 0);
    expect(logOf(without).map(({ id }) => id)).toEqual([1]);
    expect(asItWas(without, 0)).toEqual(PLAYED);
    expect(leftOut(withAdded(PLAYED, 50, MOSS), 2)).toEqual(PLAYED);
    expect(asItWas(moved(PLAYED, 0, 7), 0)).toEqual(PLAYED);
  });
});

describe("the question", () => {
  const asked = (edits: typeof PLAYED): string => spokenQuestion(questionOf(edits, CREW));

  test("is made from the change", () => {
    expect(asked(moved(PLAYED, 0, 81))).toBe("What if Sol had fenced Oak 0.95 s earlier?");
    expect(asked(moved(PLAYED, 0, 480))).toBe("What if Sol had fenced Oak 19 s later?");
    expect(asked(leftOut(PLAYED, 1))).toBe("What if nobody had promoted Elm in ledger?");
    expect(asked(withAdded(PLAYED, 1_607, MOSS))).toBe("What if Kim had also promoted Moss in ledger at 01:20.35?");
    expect(asked(replaced(PLAYED, 1, MOSS))).toBe("What if Kim had promoted Moss in ledger instead?");
    expect(asked(moved(replaced(PLAYED, 1, MOSS), 1, 20))).toBe("What if Kim had promoted Moss in ledger instead at 00:01?");
  });

  test("counts further changes, and does not say nobody where somebody else did the same", () => {
    expect(asked(leftOut(moved(PLAYED, 0, 80), 1))).toBe("What if Sol had fenced Oak 1 s earlier and 1 more change?");
    const twice = withAdded(PLAYED, 400, { operator: 0, intent: fence, text: "fences Oak" });
    expect(asked(leftOut(twice, 0))).toBe("What if Sol had not fenced Oak at 00:05 and 1 more change?");
    expect(asked(PLAYED)).toBe("What if one thing had been different?");
    expect(asked([])).toBe("What if somebody had done something?");
  });

  test("knows the past of whatever anybody can do", () => {
    const firsts = new Set<string>();
    for (const level of [...everyLevel(), ...rowLevels()]) {
      const { stage } = new Match(level, "past", crewOf(2));
      for (const { options, describe: say } of Object.values(verbs)) {
        for (const intent of options(stage)) firsts.add(say(stage, intent as never).split(" ")[0]!);
      }
    }
    for (const ever of ["takes", "says", "calls"]) firsts.add(ever);
    expect(Object.fromEntries([...firsts].sort().map((verb) => [verb, past(verb)]))).toEqual({
      adds: "added",
      calls: "called",
      caps: "capped",
      claims: "claimed",
      drains: "drained",
      fences: "fenced",
      hands: "handed",
      has: "had",
      lets: "let",
      points: "pointed",
      promotes: "promoted",
      rebuilds: "rebuilt",
      repairs: "repaired",
      replays: "replayed",
      resizes: "resized",
      restarts: "restarted",
      rolls: "rolled",
      says: "said",
      scales: "scaled",
      sends: "sent",
      sets: "set",
      splits: "split",
      switches: "switched",
      takes: "taken",
      turns: "turned",
      weighs: "weighed",
    });
  });
});

describe("two ledgers side by side", () => {
  const loss = (cause: string, operations: number, points: number, bucket: LossView["bucket"] = "refused"): LossView => ({
    cause, operations, points, bucket, component: "ledger",
  });
  const before = [loss("stale read at Elm", 180, 345, "wrong"), loss("Oak: cut off", 63, 12), loss("crash of Wren", 2, 1)];
  const after = [loss("Oak: cut off", 234, 40.5), loss("stale read at Elm", 9, 17, "wrong")];

  test("have the same causes in the same order, and sum to the same", () => {
    const lines = sideBySide(before, after);
    expect(lines.map(({ cause, played, whatIf }) => [cause, played.points, whatIf.points])).toEqual([
      ["stale read at Elm", 345, 17],
      ["Oak: cut off", 12, 40.5],
      ["crash of Wren", 1, 0],
    ]);
    const { lines: shown, rest } = folded(lines, 1);
    expect(shown).toHaveLength(1);
    expect(rest).toMatchObject({ cause: "2 smaller causes", played: { operations: 65, points: 13 }, whatIf: { points: 40.5 } });
    expect(folded(lines, 3).rest).toBeNull();
  });

  test("say in words what gained most and what lost most", () => {
    const played = { ...DEBRIEF, ledger: before, stateHash: "played" };
    const whatIf = { ...DEBRIEF, ledger: after, stateHash: "what if" };
    expect(effectOf(played, whatIf)).toEqual([
      "Most was gained on “stale read at Elm”: 17.0 points, not 345 (9 requests, not 180).",
      "Most was lost on “Oak: cut off”: 40.5 points, not 12.0 (234 requests, not 63).",
    ]);
    expect(effectOf(played, played)).toEqual(["It changes nothing: the match is the same to the bit."]);
    expect(effectOf(played, { ...played, stateHash: "other" })).toHaveLength(1);
    expect([differenceText(812, 986), differenceText(10, 6.8), differenceText(5, 5.02)]).toEqual(["+174", "−3.2", "±0"]);
  });
});

describe("moments and places", () => {
  test("a clock is read as it is written, and nonsense is not read", () => {
    for (const ms of [0, 84_000, 84_350, 3_599_950]) expect(clockMs(preciseClock(ms))).toBe(ms);
    expect([clockMs("84.35"), clockMs("1:24,5"), clockMs("soon"), clockMs("1:2:3"), clockMs("-4")]).toEqual([84_350, 84_500, null, null, null]);
  });

  test("words leave the way to where an intent was free, and intents close together do not share a lane", () => {
    const [fenced, promoted] = berthsOf(moved(PLAYED, 0, 1_000), 2_000);
    expect(fenced).toMatchObject({ now: 0.5, was: 0.05, wordsBefore: false });
    expect(promoted!.lane).not.toBe(fenced!.lane);
    const [earlier] = berthsOf(moved(editsOf([{ logged: { tick: 1_500, operator: 0, intent: fence }, text: "fences Oak", refused: "" }]), 0, 1_000), 2_000);
    expect(earlier!.wordsBefore).toBe(true);
  });
});
