import type { OperationKind } from "../../core/operations.ts";
import type { Request } from "../../sim/message.ts";
import type { Site } from "../site.ts";
import type { ServiceConfig } from "./config.ts";

/** One step of what a service does for a request. */
export interface PlannedStep {
  /** Index of the component that it asks. */
  readonly target: number;
  /** What it asks there; null: what the service was asked. */
  readonly op: OperationKind | null;
  /** Kinds of request that need it; null: all. */
  readonly kinds: readonly OperationKind[] | null;
  readonly optional: boolean;
  /** Its place among the steps, from 1: names its idempotency keys. 0: the request passes on as it is. */
  readonly branch: number;
  /** True for the step whose answer the client gets. */
  readonly main: boolean;
}

/** What the request is for, and nothing else. */
const MAIN: PlannedStep = { target: -1, op: null, kinds: null, optional: false, branch: 0, main: true };

/** The steps of a service's lines, in rounds of those that are taken together. */
export function planOf({ steps }: ServiceConfig, site: Site): PlannedStep[][] {
  let branch = 0;
  return steps.map((round) =>
    round.map(({ ask, op, for: kinds, optional }) => ({
      target: site.built(ask).index,
      op: op ?? null,
      kinds: kinds ?? null,
      optional,
      branch: ++branch,
      main: false,
    })),
  );
}

/** The rounds that a request takes: the step that asks what it is for becomes the main one, or comes last. */
export function roundsFor(
  plan: readonly (readonly PlannedStep[])[],
  request: Request,
): readonly (readonly PlannedStep[])[] {
  if (plan.length === 0) return JUST_MAIN;
  const needed = (step: PlannedStep): boolean => step.kinds?.includes(request.kind) !== false;
  const isMain = ({ target, op }: PlannedStep): boolean =>
    target === request.target && (op === null || op === request.kind);
  const rounds = plan.map((round) => round.filter(needed).map((step) => (isMain(step) ? mainStep(step) : step)));
  const filled = rounds.filter((round) => round.length > 0);
  return filled.flat().some(({ main }) => main) ? filled : [...filled, [MAIN]];
}

const JUST_MAIN: readonly (readonly PlannedStep[])[] = [[MAIN]];

/** A step that turns out to be what the request is for: it passes on as it is, and can't be left out. */
function mainStep(step: PlannedStep): PlannedStep {
  return { ...step, op: null, optional: false, branch: 0, main: true };
}
