import type { AnomalyName } from "../checker.ts";
import type { AnomalyCard } from "./anomalyCard.ts";
import { invariantAnomalies } from "./invariants.ts";
import { registerAnomalies } from "./registers.ts";
import { transactionAnomalies } from "./transactions.ts";

/** What each name of a wrong answer means: every one that a checker can give has its entry. */
export const anomalyCards = {
  ...registerAnomalies,
  ...invariantAnomalies,
  ...transactionAnomalies,
} as const satisfies Record<AnomalyName, AnomalyCard>;
