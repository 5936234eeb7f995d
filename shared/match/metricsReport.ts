import type { OperationKind } from "../core/operations.ts";
import { msOf, US_PER_SECOND, type Ms } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Match } from "./match.ts";
import { quantile } from "./meters.ts";
import type { Exit, Metrics, Tally } from "./metrics.ts";

/** Mean and percentiles of some times, ms. */
export interface Times {
  readonly count: number;
  readonly mean: Ms;
  readonly p50: Ms;
  readonly p90: Ms;
  readonly p95: Ms;
  readonly p99: Ms;
  readonly p999: Ms;
  readonly max: Ms;
}

/** L = λW over the whole run, from figures measured apart: mean number in system, rate let in, mean time in system. */
export interface LittlesLaw {
  readonly numberInSystem: number;
  readonly letInPerSecond: number;
  readonly timeInSystemSeconds: number;
  /** |L − λW| ÷ L; 0 where nothing came. Requests that a crash swallowed keep it from 0. */
  readonly relativeDifference: number;
}

export interface OperationMetrics {
  readonly arrived: number;
  readonly left: Readonly<Record<Exit, number>>;
  readonly stillInside: number;
  /** Share of those that arrived that found the queue full. */
  readonly blockedShare: number;
  readonly timeInSystemMs: Times;
  readonly numberInSystemMean: number;
  readonly numberInSystemMax: number;
  readonly littlesLaw: LittlesLaw;
}

export interface MachineMetrics {
  readonly workers: number;
  /** Busy worker time ÷ (workers × time). */
  readonly utilisation: number;
  readonly jobsBegun: number;
  readonly jobsBlocked: number;
  readonly blockedShare: number;
  readonly queueLengthMean: number;
  readonly queueLengthMax: number;
}

/** What clients of one operation kind of a component were told. */
export interface ClientMetrics {
  readonly asked: number;
  readonly ok: number;
  readonly fail: number;
  readonly unknown: number;
  readonly askedPerSecond: number;
  /** From question to answer, of those that were answered with ok. */
  readonly responseMs: Times;
}

type ByKind<Figures> = Readonly<Partial<Record<OperationKind, Figures>>>;

/** The figures of a match for comparing with queueing theory and other simulators. All times are simulated. */
export interface MetricsReport {
  readonly level: string;
  readonly seed: string;
  /** How long clients asked: averages over time are over this. */
  readonly askedSeconds: number;
  /** Until the last answer: Little's law is taken over this, from empty to empty. */
  readonly simulatedSeconds: number;
  readonly clients: Readonly<Record<string, ByKind<ClientMetrics>>>;
  readonly components: Readonly<Record<string, ByKind<OperationMetrics>>>;
  readonly machines: Readonly<Record<string, MachineMetrics>>;
}

/** Puts a match's metrics together. Call it when the match is over and every request has ended. */
export function metricsReport(match: Match, metrics: Metrics): MetricsReport {
  const { cluster, level, seed } = match;
  const nowUs = cluster.world.kernel.nowUs;
  const components = cluster.components.map(({ name, index }) => [
    name,
    Object.fromEntries(metrics.kindsOf(index).map((kind) => [kind, operationMetrics(metrics.tally(index, kind), nowUs)])),
  ]);
  const machines = cluster.world.machines.map(({ name, workers, queueDepthMax }, index) => {
    const { busyUs, queuedUs, begun, waiting, blocked } = metrics.machines[index]!;
    const figures: MachineMetrics = {
      workers,
      utilisation: shareOf(busyUs, workers * metrics.closedUs),
      jobsBegun: begun,
      jobsBlocked: blocked,
      blockedShare: shareOf(blocked, begun + waiting + blocked),
      queueLengthMean: shareOf(queuedUs, metrics.closedUs),
      queueLengthMax: queueDepthMax,
    };
    return [name, figures];
  });
  return {
    level: level.id,
    seed,
    askedSeconds: metrics.closedUs / US_PER_SECOND,
    simulatedSeconds: nowUs / US_PER_SECOND,
    clients: clientMetrics(match),
    components: Object.fromEntries(components),
    machines: Object.fromEntries(machines),
  };
}

function operationMetrics(tally: Tally, nowUs: number): OperationMetrics {
  const { arrived, left, inside, insideMax, timesMs } = tally;
  const numberInSystem = tally.meanInside(nowUs);
  const times = timesOf(timesMs);
  const letInPerSecond = ((arrived - left.blocked) / nowUs) * US_PER_SECOND;
  const timeInSystemSeconds = times.mean / 1_000;
  const product = letInPerSecond * timeInSystemSeconds;
  return {
    arrived,
    left,
    stillInside: inside,
    blockedShare: shareOf(left.blocked, arrived),
    timeInSystemMs: times,
    numberInSystemMean: tally.closedMean,
    numberInSystemMax: insideMax,
    littlesLaw: {
      numberInSystem,
      letInPerSecond,
      timeInSystemSeconds,
      relativeDifference: shareOf(Math.abs(numberInSystem - product), numberInSystem),
    },
  };
}

function clientMetrics(match: Match): Record<string, ByKind<ClientMetrics>> {
  const seconds = match.lastsMs / 1_000;
  const asked = new Map<string, Map<OperationKind, Operation[]>>();
  for (const operation of match.record.history) {
    const kinds = asked.get(operation.component) ?? new Map<OperationKind, Operation[]>();
    asked.set(operation.component, kinds);
    const operations = kinds.get(operation.kind) ?? [];
    kinds.set(operation.kind, operations);
    operations.push(operation);
  }
  const report: Record<string, ByKind<ClientMetrics>> = {};
  for (const [component, kinds] of asked) {
    report[component] = Object.fromEntries([...kinds].map(([kind, operations]) => [kind, told(operations, seconds)]));
  }
  return report;
}

function told(operations: readonly Operation[], seconds: number): ClientMetrics {
  const ended = (how: Operation["outcome"]) => operations.filter(({ outcome }) => outcome === how);
  const ok = ended("ok");
  return {
    asked: operations.length,
    ok: ok.length,
    fail: ended("fail").length,
    unknown: ended("unknown").length,
    askedPerSecond: operations.length / seconds,
    responseMs: timesOf(ok.map(({ invokedAtUs, completedAtUs }) => msOf(completedAtUs - invokedAtUs))),
  };
}

function timesOf(timesMs: readonly number[]): Times {
  const sorted = timesMs.toSorted((one, other) => one - other);
  const sum = sorted.reduce((total, time) => total + time, 0);
  return {
    count: sorted.length,
    mean: shareOf(sum, sorted.length),
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    p999: quantile(sorted, 0.999),
    max: sorted.at(-1) ?? 0,
  };
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
