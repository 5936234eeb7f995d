import { anomalyCards } from "../checkers/anomalies/registry.ts";
import { msOf, type Ms } from "../core/time.ts";
import type { AnomalyRow, AnomalyStory } from "./debrief.ts";
import type { Match } from "./match.ts";
import type { WrongAnswer } from "./record.ts";
import { storyOf } from "./story.ts";

/** How many wrong answers a debrief tells as stories. */
const STORIES_MAX = 5;
/** How many moments a row of wrong answers keeps for drawing. */
const MOMENTS_MAX = 500;

/** The wrong answers of a match, by name and component: the most frequent first. */
export function anomalyRows(match: Match): AnomalyRow[] {
  const rows = [...byKind(match).values()].map((answers) => rowOf(match, answers));
  return rows.sort((a, b) => b.count - a.count || a.fromMs - b.fromMs);
}

/**
 * The stories of the worst wrong answers, worst first: the dearest ones, and of these the ones that were furthest
 * behind. Every name and component has its worst told before any has its second, which is about another key.
 */
export function storiesOf(match: Match): AnomalyStory[] {
  const kinds = [...byKind(match).values()].map((answers) => {
    const row = rowOf(match, answers);
    const worst = onePerKey(match, ranked(match, answers)).slice(0, STORIES_MAX);
    return worst.map((answer) => ({ answer, row }));
  });
  const turns = Array.from({ length: STORIES_MAX }, (_, turn) => kinds.flatMap((kind) => kind.slice(turn, turn + 1)));
  const told = turns.flatMap((turn) => {
    const rowOfAnswer = new Map(turn.map(({ answer, row }) => [answer, row]));
    return ranked(match, [...rowOfAnswer.keys()]).map((answer) => ({ answer, row: rowOfAnswer.get(answer)! }));
  });
  return told.slice(0, STORIES_MAX).map(({ answer, row }) => storyOf(match, answer, row));
}

function byKind({ record }: Match): Map<string, WrongAnswer[]> {
  const kinds = new Map<string, WrongAnswer[]>();
  for (const wrong of record.wrong) {
    const kind = `${wrong.anomaly.name} ${wrong.component}`;
    const others = kinds.get(kind);
    if (others === undefined) kinds.set(kind, [wrong]);
    else others.push(wrong);
  }
  return kinds;
}

function rowOf({ record }: Match, answers: readonly WrongAnswer[]): AnomalyRow {
  const [{ component, anomaly }] = answers as [WrongAnswer];
  const moments = answers.map((answer) => msOf(record.history.operation(answer.anomaly.operation).completedAtUs));
  moments.sort((a, b) => a - b);
  return {
    name: anomaly.name,
    title: anomalyCards[anomaly.name].title,
    component,
    count: answers.length,
    fromMs: moments[0]!,
    untilMs: moments.at(-1)!,
    moments: thinned(moments),
  };
}

/** No more than can be drawn, spread evenly, with the first and the last. */
function thinned(moments: readonly Ms[]): Ms[] {
  if (moments.length <= MOMENTS_MAX) return [...moments];
  const step = (moments.length - 1) / (MOMENTS_MAX - 1);
  return Array.from({ length: MOMENTS_MAX }, (_, place) => moments[Math.round(place * step)]!);
}

/** Of each key the first: others tell nearly the same. */
function onePerKey({ record }: Match, answers: readonly WrongAnswer[]): WrongAnswer[] {
  const keys = new Set<number>();
  return answers.filter(({ anomaly }) => {
    const { key } = record.history.operation(anomaly.operation);
    return !keys.has(key) && keys.add(key);
  });
}

/** Wrong answers with the worst first; of equals the one that was found first. */
function ranked(match: Match, answers: readonly WrongAnswer[]): WrongAnswer[] {
  const { contract } = match.level;
  const weighed = answers.map((answer) => ({
    answer,
    price: contract[answer.component]!.wrongCosts,
    gapUs: gapUs(match, answer),
  }));
  return weighed.sort((a, b) => b.price - a.price || b.gapUs - a.gapUs).map(({ answer }) => answer);
}

/** Time between the answer that makes it wrong and the question: how old the truth was that it missed. */
function gapUs(match: Match, { anomaly }: WrongAnswer): number {
  const { history } = match.record;
  const blamed = history.operation(anomaly.operation);
  const proofs = anomaly.witness
    .filter((id) => id !== anomaly.operation)
    .map((id) => history.operation(id).completedAtUs);
  const newest = Math.max(0, ...proofs.filter((atUs) => atUs < blamed.invokedAtUs));
  return blamed.invokedAtUs - newest;
}
