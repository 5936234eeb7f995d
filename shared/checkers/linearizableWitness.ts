import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Blame } from "./checker.ts";
import { chainBetween, type Block, type Cluster } from "./clusters.ts";
import type { Conflict } from "./explanation.ts";
import { durationText, toldText } from "./telling.ts";
import { isOlder, witnessOf } from "./writtenValue.ts";

/** The anomaly of an answer that conflicts with the answers accepted before: what it is called, its proof and its story. */
export function anomalyOf(operation: Operation, seen: Cluster, conflict: Conflict): Blame {
  const told = toldText(operation);
  const blame = (name: Blame["name"], ids: readonly number[], why: string): Blame => ({
    name,
    operation: operation.id,
    witness: witnessOf(...ids, ...conflict.proven.map((cluster) => cluster.write), operation.id),
    sentence: `${told}, ${why}`,
  });
  const name = operation.kind === "cas" ? "lostUpdate" : "staleRead";
  switch (conflict.kind) {
    case "unfounded":
      return blame("phantomRead", [conflict.expected?.write ?? -1], whyUnfounded(conflict.of, conflict.expected));
    case "replaced": {
      const { base, by } = conflict;
      const why = `but client ${by.session} had already changed the same ${valueText(base)} to ${by.value}: one of the two updates is lost.`;
      return blame("lostUpdate", [base.write, ...effectProof(by, Infinity)], why);
    }
    case "overtaken": {
      const { by } = conflict;
      const alongChain = [...writesBetween(seen, by), ...effectProof(by, operation.invokedAtUs)];
      return blame(name, shortest(supersededProof(operation, seen, by), alongChain), whyStale(operation, by));
    }
    case "rival": {
      const { block } = conflict;
      const [newer, proof] = rivalProof(operation, seen, conflict.base, block);
      return blame(name, proof, newer ? whyStale(operation, newer) : whyOutOfOrder(seen, block));
    }
  }
}

/** The writes and evidence that `newer` replaced `seen` before the question; undefined if these two alone don't prove it. */
function supersededProof(operation: Operation, seen: Cluster, newer: Cluster): number[] | undefined {
  if (!isOlder(seen, newer) || newer.shownAtUs >= operation.invokedAtUs) return undefined;
  return [...effectProof(seen, newer.startUs), ...effectProof(newer, operation.invokedAtUs)];
}

/** The proof that a block has to come both before and after the base's block, and the newer value when one value is enough. */
function rivalProof(operation: Operation, seen: Cluster, base: Cluster, block: Block): [Cluster | undefined, number[]] {
  const { earliest: first } = base.block!;
  const proofs: [Cluster | undefined, number[] | undefined][] = [
    [block.latest, supersededProof(operation, seen, block.latest)],
    [block.earliest, supersededProof(operation, seen, block.earliest)],
  ];
  const baseFirst = [
    ...effectProof(first, block.latestStartUs),
    ...writesBetween(first, base),
    ...startProof(block.latest),
  ];
  const rivalFirst = [
    ...effectProof(block.earliest, operation.invokedAtUs),
    ...writesBetween(block.earliest, block.latest),
  ];
  let best: [Cluster | undefined, number[]] = [undefined, [...baseFirst, ...rivalFirst, seen.write]];
  for (const [newer, proof] of proofs) {
    if (proof && (best[0] === undefined || size(proof) < size(best[1]))) best = [newer, proof];
  }
  return best;
}

/** Ids that prove that a cluster had taken effect before a moment; an effect seen further down the chain brings the way there. */
export function effectProof(cluster: Cluster, beforeUs: Us): number[] {
  if (cluster.acknowledgedAtUs < beforeUs) return [cluster.write];
  return [...writesBetween(cluster, cluster.shownIn ?? cluster), cluster.shownBy];
}

/** Ids that prove that the last to be asked of a cluster really happened: a read by its answer, a write by its effect. */
function startProof(cluster: Cluster): number[] {
  return cluster.lastStartBy === cluster.write ? effectProof(cluster, Infinity) : [cluster.lastStartBy];
}

function writesBetween(one: Cluster, other: Cluster): number[] {
  return chainBetween(one, other).map((cluster) => cluster.write);
}

function shortest(proof: number[] | undefined, other: number[]): number[] {
  return proof !== undefined && size(proof) <= size(other) ? proof : other;
}

function size(ids: readonly number[]): number {
  return witnessOf(...ids).length;
}

function whyUnfounded(of: Cluster, expected: Cluster | undefined): string {
  const from = `but ${of.value} was to replace ${of.expected},`;
  if (expected === undefined) return `${from} which nobody had ever written.`;
  return expected.failed
    ? `${from} which client ${expected.session} had been told was never written.`
    : `${from} which itself came out of ${of.value}.`;
}

function whyStale(operation: Operation, newer: Cluster): string {
  const ago = durationText(operation.invokedAtUs - newer.shownAtUs);
  return `but ${newer.value}, written by client ${newer.session}, was already there ${ago} before that question.`;
}

function whyOutOfOrder(seen: Cluster, block: Block): string {
  return `but ${valueText(seen)} and ${block.latest.value} can't be put in any order that fits what clients saw before.`;
}

function valueText(cluster: Cluster): string {
  return cluster.value === null ? "empty key" : String(cluster.value);
}
