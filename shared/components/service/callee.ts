import type { Built } from "../site.ts";
import { createBreaker, type Breaker } from "./breaker.ts";
import { createBulkhead, type Bulkhead } from "./bulkhead.ts";
import { createLatencies, type Latencies } from "./latencies.ts";
import type { CallPolicy } from "./policy.ts";
import { createRetryBudget, type RetryBudget } from "./retryBudget.ts";

/** Something that an instance of a service calls, with all that the instance knows of it. */
export interface Callee<Errand> {
  readonly built: Built;
  readonly policy: CallPolicy;
  readonly breaker: Breaker;
  readonly budget: RetryBudget;
  readonly bulkhead: Bulkhead<Errand>;
  readonly latencies: Latencies;
}

/** A callee of which nothing is known yet. */
export function createCallee<Errand>(built: Built, policy: CallPolicy): Callee<Errand> {
  return {
    built,
    policy,
    breaker: createBreaker(),
    budget: createRetryBudget(),
    bulkhead: createBulkhead<Errand>(),
    latencies: createLatencies(),
  };
}
