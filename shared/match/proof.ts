import { STANDARD_POLICIES } from "../level/standardPolicyNames.ts";
import type { Level } from "../level/schema.ts";
import { levelCard } from "./levelCard.ts";
import type { Rule } from "./policy.ts";
import { playPolicy, type PolicyRun } from "./policyRun.ts";
import { dealRoles, ROLE_CARDS } from "./roles.ts";
import { onlyRoles, policyOf, without } from "./standardPolicies.ts";
import { unfilled } from "./template.ts";

/** A warning must come at least this long before the first real loss: long enough to read it and act. */
const WARNING_MS = 1_000;
/** A crisis in which fewer verbs than this could help is no decision. */
const VERBS_MIN = 3;

/** One line of a level's table: a policy and what it made of each seed. */
export interface PolicyRow {
  readonly policy: string;
  /** True for the one that must win three stars on every seed; all others must not on any. */
  readonly wins: boolean;
  readonly runs: readonly PolicyRun[];
}

/** What was tried on a level, and one sentence for each gate that does not hold. A proven level has none. */
export interface Proof {
  readonly level: string;
  readonly rows: readonly PolicyRow[];
  readonly failures: readonly string[];
}

/**
 * Tries a level against its gates over these seeds: the reference wins, everything thoughtless loses, nothing is won
 * without the verb that the level teaches, by one seat alone, or without traffic, and warnings come before losses.
 */
export function prove(level: Level, seeds: readonly string[]): Proof {
  const played = new Map<string, readonly PolicyRun[]>();
  const rows = candidates(level).map(({ policy, wins, rules }) => {
    // A policy without its verb, or of one seat, is often one that was played already.
    const sameRules = JSON.stringify(rules);
    const runs = played.get(sameRules) ?? seeds.map((seed) => playPolicy(level, seed, rules));
    played.set(sameRules, runs);
    return { policy, wins, runs };
  });
  const silent = playPolicy(withoutTraffic(level), seeds[0]!, policyOf(level, "reference") ?? []);
  const failures = [...words(level), ...rows.flatMap((row) => verdictOf(level, row)), ...silence(silent)];
  return { level: level.id, rows, failures: failures.map((sentence) => `${level.id}: ${sentence}`) };
}

interface Candidate {
  readonly policy: string;
  readonly wins: boolean;
  readonly rules: readonly Rule[];
}

/** Everybody who plays: the reference, those who must lose, and the reference with something taken away. */
function candidates(level: Level): Candidate[] {
  const reference = policyOf(level, "reference") ?? [];
  const { taught } = level.gates;
  const losing = [...new Set([...STANDARD_POLICIES.slice(0, 2), ...level.gates.loses])];
  const seats = dealRoles(Number(level.operators.split("-")[1]));
  return [
    { policy: "reference", wins: true, rules: reference },
    ...losing.map((policy) => ({ policy, wins: false, rules: policyOf(level, policy) ?? [] })),
    { policy: `reference without ${taught}`, wins: false, rules: without(reference, taught) },
    ...(seats.length === 1 ? [] : uniqueSeats(seats)).map((roles) => ({
      policy: `${roles.map((role) => ROLE_CARDS[role].title).join(" and ")} alone`,
      wins: false,
      rules: onlyRoles(reference, roles),
    })),
  ];
}

function uniqueSeats(seats: ReturnType<typeof dealRoles>): ReturnType<typeof dealRoles> {
  return seats.filter((roles, seat) => seats.findIndex((other) => other.join() === roles.join()) === seat);
}

function verdictOf(level: Level, { policy, wins, runs }: PolicyRow): string[] {
  if (wins) return runs.flatMap((run) => shortfall(level, policy, run));
  const won = runs.filter(({ stars }) => stars.every(Boolean)).map(({ seed }) => seed);
  const lucky = won.length === 0 ? [] : [`${policy} must lose, and wins three stars on ${seedList(won)}`];
  return policy === "idle" ? [...lucky, ...warnings(runs)] : lucky;
}

/** Which stars the reference misses on a seed, and by how much. */
function shortfall(
  level: Level,
  policy: string,
  { seed, stars, availability, correctness, spent, unfilled: gaps }: PolicyRun,
): string[] {
  const { slo, par } = level;
  const parts = [
    ...(stars[0]! ? [] : [`availability ${percent(availability)} of ${percent(slo.availability)}`]),
    ...(stars[1]! ? [] : [`correctness ${percent(correctness)} of ${percent(slo.correctness)}`]),
    ...(spent <= par.spend ? [] : [`$${spent.toFixed(2)} spent, par $${par.spend.toFixed(2)}`]),
  ];
  return [
    ...(parts.length === 0
      ? []
      : [`${policy} must win three stars, and on ${seedList([seed])} has ${parts.join(", ")}`]),
    ...gaps.map((name) => `the debrief names {{${name}}}, which is no fact of a run`),
  ];
}

function warnings(runs: readonly PolicyRun[]): string[] {
  const safe = runs.filter(({ warnedMs }) => warnedMs === null).map(({ seed }) => seed);
  const late = runs.filter(({ warnedMs }) => warnedMs !== null && warnedMs < WARNING_MS).map(({ seed }) => seed);
  return [
    ...(safe.length === 0 ? [] : [`nothing is lost by doing nothing on ${seedList(safe)}`]),
    ...(late.length === 0
      ? []
      : [`no warning stands ${WARNING_MS / 1_000} s before the first loss on ${seedList(late)}`]),
  ];
}

/** What can be told from the file alone: its words, and how much there is to choose from. */
function words(level: Level): string[] {
  const typed = /\d/.exec(level.briefing.replace(/\{\{[^}]*\}\}/g, ""));
  return [
    ...unfilled(levelCard(level).briefing).map(
      (name) => `the briefing names {{${name}}}, which is no fact of the level`,
    ),
    ...(typed === null ? [] : [`the briefing has a number that was typed, "${typed[0]}": take it from the level`]),
    ...(level.verbs.length >= VERBS_MIN
      ? []
      : [`only ${level.verbs.length} verbs are allowed: there is nothing to decide`]),
  ];
}

function silence({ total, stars }: PolicyRun): string[] {
  return [
    ...(total === 0 ? [] : [`a match without users counted ${total} requests`]),
    ...(stars.some(Boolean) ? ["a match without users wins stars"] : []),
  ];
}

function withoutTraffic(level: Level): Level {
  const rate = { fromPerSecond: 0, toPerSecond: 0 };
  return { ...level, workload: level.workload.map((line) => ({ ...line, rate })) };
}

function seedList(seeds: readonly string[]): string {
  const shown = seeds.slice(0, 5).join(", ");
  return `${seeds.length === 1 ? "seed" : "seeds"} ${shown}${seeds.length > 5 ? ` and ${seeds.length - 5} more` : ""}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
