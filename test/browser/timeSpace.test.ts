import { describe, expect, test } from "vitest";
import { chooseMessages, placeMessages } from "../../client/panels/debrief/timeSpaceMessages.ts";
import { linesOf } from "../../client/panels/debrief/timeSpaceLines.ts";
import { planTimeSpace } from "../../client/panels/debrief/timeSpacePlan.ts";
import type { AnomalyStory } from "../../shared/match/debrief.ts";
import type { Evidence } from "../../shared/match/evidence/evidence.ts";
import { EvidenceRecorder } from "../../shared/match/evidence/evidenceRecorder.ts";
import { Match } from "../../shared/match/match.ts";
import { Replay } from "../../shared/match/replay.ts";
import { readLevel } from "../match/level.ts";
import { crewOf, play } from "../match/play.ts";

const level = readLevel("test/levels/02-all-weathers.yaml");
const { match } = play(level, { seed: "7" });
const debrief = match.debrief();
const story = debrief.stories[0]!;
const { faults } = debrief.timeline;
const evidence = evidenceOf(story);

function evidenceOf({ operations }: AnomalyStory): Evidence {
  const again = new Match(level, "7", crewOf(1));
  const recorder = new EvidenceRecorder(
    again,
    operations.map(({ id }) => id),
  );
  new Replay(again, match.log).run(Infinity);
  return recorder.evidence();
}

describe("the diagram of a story", () => {
  test("before its messages are known it has the clients, and the nodes that answered them", () => {
    const plan = planTimeSpace(story, null, faults);
    expect(plan.messages).toBe(null);
    const named = story.operations.flatMap(({ client, node }) => [client, node]);
    expect(new Set(plan.lines.map(({ name }) => name))).toEqual(new Set(named));
  });

  test("parts the lines by the cut: the wrong answer and whoever was on its side stand beneath the fog", () => {
    const { lines, fog } = linesOf(story, evidence, faults);
    expect(fog!.fault.text).toBe("partition A | B C");
    const below = lines.filter(({ y }) => y > fog!.y).map(({ name }) => name);
    expect(below).toContain(story.operations.find(({ blamed }) => blamed)!.node);
    expect(lines.at(-1)!.name).toBe(story.operations.find(({ blamed }) => blamed)!.client);
    expect(below).not.toContain("Oak");
  });

  test("a copy that the cut stopped ends in the fog, on its way down", () => {
    const plan = planTimeSpace(story, evidence, faults);
    const stopped = plan.messages!.filter(({ message }) => message.fate === "cut");
    expect(stopped.length).toBeGreaterThan(0);
    for (const { toY, isLost } of stopped) expect([isLost, toY]).toEqual([true, plan.fog!.y]);
  });

  test("no message arrives before it was sent, and their words keep apart", () => {
    const plan = planTimeSpace(story, evidence, faults);
    for (const { fromX, toX } of plan.messages!) expect(toX).toBeGreaterThanOrEqual(fromX);
    const plates = plan.messages!.flatMap(({ plate }) => plate ?? []);
    plates.forEach((one, at) => {
      for (const other of plates.slice(at + 1)) {
        expect(Math.abs(one.x - other.x) > 40 || Math.abs(one.y - other.y) > 15, `${one.words} / ${other.words}`).toBe(true);
      }
    });
  });

  test("what came after the wrong answer is told and not drawn", () => {
    const { drawn, tooLate } = chooseMessages(story, evidence);
    const answeredAtMs = Math.max(...story.operations.map(({ completedAtMs }) => completedAtMs));
    expect(drawn.every(({ sentAtMs }) => sentAtMs <= answeredAtMs)).toBe(true);
    expect(tooLate.map(({ to }) => to)).toContain(story.operations.find(({ blamed }) => blamed)!.node);
    expect(tooLate.every(({ sentAtMs }) => sentAtMs > answeredAtMs)).toBe(true);
  });

  test("of very many messages the requests are kept, and it is said how many are left out", () => {
    const { invokedAtMs, id } = story.operations[0]!;
    const beat = { ...evidence.messages[0]!, kind: "other" as const, operation: id, sentAtMs: invokedAtMs };
    const many = { ...evidence, messages: [...Array.from({ length: 100 }, () => beat), ...evidence.messages] };
    const { drawn, leftOut } = chooseMessages(story, many);
    expect(drawn.length).toBe(24);
    expect(leftOut).toBe(100 + chooseMessages(story, evidence).drawn.length - 24);
    const asks = evidence.messages.filter(({ kind }) => kind === "ask").length;
    expect(drawn.filter(({ kind }) => kind === "ask").length).toBe(asks);
  });

  test("who has no line has no arrow", () => {
    const stranger = { ...evidence.messages[0]!, from: "zone B" };
    const scale = { x: (ms: number) => ms, y: (name: string) => (name === "zone B" ? null : 10), fogY: null };
    expect(placeMessages([stranger], scale)).toEqual([]);
  });
});
