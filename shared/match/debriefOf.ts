import { clockText } from "../core/time.ts";
import type { Debrief, LossView, StarView, VerdictView } from "./debrief.ts";
import { levelFacts } from "./levelCard.ts";
import type { Match } from "./match.ts";
import { words } from "../core/names.ts";
import { fillIn } from "./template.ts";
import { anomalyRows, storiesOf } from "./wrongAnswers.ts";

/** Tells the end of a match: verdict, stars, the ledger of losses, the worst wrong answers, and who did what when. */
export function debriefOf(match: Match): Debrief {
  const { ledger } = match.record;
  const stars = starsOf(match);
  return {
    level: match.card,
    seed: match.seed,
    stateHash: match.stateHash(),
    score: Math.round(ledger.score * 10) / 10,
    stars,
    availability: ledger.availability,
    correctness: ledger.correctness,
    spent: Math.round(match.spent * 100) / 100,
    bill: match.bill,
    counts: { ...ledger.counts },
    total: ledger.total,
    headline: isWhole(match) ? headline(stars) : "Ashore before the end",
    subline: subline(match),
    ledger: ledger.losses(),
    verdicts: Object.keys(match.level.contract).map((component) => verdictOf(match, component)),
    claims: match.claims.all,
    stories: storiesOf(match),
    anomalies: anomalyRows(match),
    trail: match.trail,
    timeline: {
      lastsMs: match.lastsMs,
      faults: match.faults.filter(({ fromMs }) => fromMs < match.lastsMs),
      alerts: match.pager.alerts.map(({ text, severity, sinceMs }) => ({ text, severity, atMs: sinceMs })).reverse(),
      acts: match.acts,
    },
    lesson: fillIn(match.level.debrief, { ...levelFacts(match.level), ...runFacts(match) }),
    operators: match.operators,
  };
}

/** Stars: availability, correctness, and both within the published par. No traffic or an early end wins none. */
export function starsOf(match: Match): StarView[] {
  const { slo, par } = match.level;
  const { ledger } = match.record;
  const some = ledger.total > 0 && isWhole(match);
  const available = some && ledger.availability >= slo.availability;
  const correct = some && ledger.correctness >= slo.correctness;
  return [
    { won: available, asks: `Availability ${percent(slo.availability)} or better` },
    { won: correct, asks: `Correctness ${percent(slo.correctness)} or better` },
    { won: available && correct && match.spent <= par.spend, asks: `Both, for $${par.spend.toFixed(2)} or less` },
  ];
}

/** False for a match that was ended early. */
function isWhole({ lastsMs, level }: Match): boolean {
  return lastsMs >= level.lasts;
}

function headline([available, correct, both]: readonly StarView[]): string {
  if (both!.won) return "Up, right, and within par";
  if (available!.won && correct!.won) return "Up and right, at a price";
  if (correct!.won) return "Held the line on correctness";
  return available!.won ? "Always an answer, not always the right one" : "The sea won this one";
}

function subline(match: Match): string {
  const { slo, par } = match.level;
  const { availability, correctness, total } = match.record.ledger;
  if (total === 0) return "Nobody asked for anything, so nothing was won.";
  if (!isWhole(match)) return `Ended early, at ${clockText(match.lastsMs)}: the score stands, but stars ask for the whole shift.`;
  const part = (name: string, is: number, goal: number) =>
    is >= goal ? `${name} SLO met` : `${name} SLO missed by ${Math.round((goal - is) * 10_000) / 100} points`;
  const spend = match.spent <= par.spend ? "within par" : `$${(match.spent - par.spend).toFixed(2)} over par`;
  return `${part("Availability", availability, slo.availability)}, ${part("correctness", correctness, slo.correctness)}, ${spend}.`;
}

function verdictOf(match: Match, component: string): VerdictView {
  const { guarantee } = match.level.contract[component]!;
  const verdict = match.record.verdict(component);
  const wrong = match.record.wrong.filter((answer) => answer.component === component).length;
  const name = words(guarantee);
  const sentence = {
    valid: `Every answer of ${component} was allowed by the promise: ${name}.`,
    invalid: `${wrong} ${wrong === 1 ? "answer" : "answers"} of ${component} broke the promise: ${name}.`,
    unknown: `The checker ran out of time on ${component}; that costs nothing.`,
  }[verdict.outcome];
  return { component, guarantee: name, outcome: verdict.outcome, wrong, sentence };
}

/** Numbers of this run that a level's last words may name. */
function runFacts(match: Match): Record<string, string> {
  const { ledger, wrong } = match.record;
  const facts: Record<string, string> = {
    score: String(Math.round(ledger.score)),
    availability: percent(ledger.availability),
    correctness: percent(ledger.correctness),
    spent: `$${match.spent.toFixed(2)}`,
    total: String(ledger.total),
    served: String(ledger.counts.served),
    late: String(ledger.counts.late),
    refused: String(ledger.counts.refused),
    unknown: String(ledger.counts.unknown),
    wrong: String(ledger.counts.wrong),
    failed: String(ledger.counts.refused + ledger.counts.unknown),
    worst: dearest(ledger.losses()[0]),
    firstAct: match.acts.find(({ refused }) => !refused) === undefined ? "never" : clockText(match.acts.find(({ refused }) => !refused)!.atMs),
  };
  for (const component of Object.keys(match.level.contract)) {
    const reading = match.record.latencies(component);
    facts[`${component}.wrong`] = String(wrong.filter((answer) => answer.component === component).length);
    facts[`${component}.p50`] = `${reading.p50} ms`;
    facts[`${component}.p99`] = `${reading.p99} ms`;
  }
  match.faults.forEach((fault, index) => {
    facts[`fault.${index}.from`] = clockText(fault.fromMs);
    facts[`fault.${index}.until`] = clockText(fault.untilMs);
  });
  return facts;
}

function dearest(loss: LossView | undefined): string {
  if (loss === undefined) return "Nothing was lost.";
  const often = loss.operations === 1 ? "once" : `${loss.operations} times`;
  return `The dearest loss was “${loss.cause}”, ${often}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}
