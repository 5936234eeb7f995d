import { acknowledgedWriteLost } from "./acknowledgedWriteLost.ts";
import { allOrCompensated } from "./allOrCompensated.ts";
import { boundedStaleness } from "./boundedStaleness.ts";
import { causal } from "./causal.ts";
import type { Checker } from "./checker.ts";
import { countsWithin } from "./countsWithin.ts";
import { deliveredOnce } from "./deliveredOnce.ts";
import { eventual } from "./eventual.ts";
import { freshTimeline } from "./freshTimeline.ts";
import { keepsElements } from "./keepsElements.ts";
import { linearizable } from "./linearizable.ts";
import { moneyConserved } from "./moneyConserved.ts";
import { monotonicReads } from "./monotonicReads.ts";
import { monotonicWrites } from "./monotonicWrites.ts";
import { noDoubleSpend } from "./noDoubleSpend.ts";
import { noDrift } from "./noDrift.ts";
import { pram } from "./pram.ts";
import { readYourWrites } from "./readYourWrites.ts";
import { sequential } from "./sequential.ts";
import { session } from "./session.ts";
import { writesFollowReads } from "./writesFollowReads.ts";

/** Every guarantee that can be promised and judged, by name, from the strongest to the weakest. */
export const checkers = {
  linearizable,
  sequential,
  causal,
  boundedStaleness,
  session,
  pram,
  monotonicWrites,
  writesFollowReads,
  monotonicReads,
  readYourWrites,
  acknowledgedWriteLost,
  eventual,
  noDoubleSpend,
  moneyConserved,
  allOrCompensated,
  freshTimeline,
  deliveredOnce,
  noDrift,
  countsWithin,
  keepsElements,
} as const satisfies Record<string, Checker>;

/** Name of a guarantee with a checker. */
export type Guarantee = keyof typeof checkers;
