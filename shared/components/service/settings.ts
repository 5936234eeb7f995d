import { choice, figure, toggle } from "../setting.ts";
import type { Setting } from "../site.ts";
import { BACKOFF_NAMES } from "./backoff.ts";
import { FALLBACKS, type CallPolicy, type ServicePolicy } from "./policy.ts";

/** What operators may set about calls: of all that have no policy of their own (`callee` ""), or of one callee. */
export function callSettings(policy: CallPolicy, callee: string): Setting[] {
  const own = (name: string): string =>
    callee === "" ? name : `${camelCase(callee)}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const settings: Setting[] = [
    figure(policy, "timeoutMs", {
      name: "timeout",
      about: "How long an attempt may take, 0 for ever; too short gives up on work that was nearly done.",
      unit: "ms",
      min: 0,
      max: 60_000,
    }),
    figure(policy, "attempts", {
      name: "attempts",
      about: "Attempts in all; each tier multiplies those of the tier before it.",
      unit: "count",
      min: 1,
      max: 10,
    }),
    figure(policy, "backoffMs", {
      name: "backoff",
      about: "Wait before the first retry; short ones hit a callee that has not recovered yet.",
      unit: "ms",
      min: 0,
      max: 10_000,
    }),
    choice(policy, "backoffBy", {
      name: "backoffBy",
      about: "How waits grow and where luck comes in; without luck all come back together.",
      choices: BACKOFF_NAMES,
    }),
    figure(policy, "jitter", {
      name: "jitter",
      about: "Share of an exponential wait that luck may add or take.",
      unit: "share",
      min: 0,
      max: 1,
    }),
    figure(policy, "retryBudget", {
      name: "retryBudget",
      about: "Share of requests that may be retries; small keeps an outage from becoming a storm.",
      unit: "share",
      min: 0,
      max: 1,
    }),
    toggle(policy.breaker, "on", {
      name: "breaker",
      about: "Stop calling what mostly fails; the few calls that would succeed fail too.",
    }),
    figure(policy.breaker, "failureShare", {
      name: "breakerFailures",
      about: "Share of failed calls from which the breaker opens.",
      unit: "share",
      min: 0.01,
      max: 1,
    }),
    figure(policy.breaker, "minimumCalls", {
      name: "breakerMinimumCalls",
      about: "Calls it takes to judge; few act soon and on bad luck.",
      unit: "count",
      min: 1,
      max: 1_000,
    }),
    figure(policy.breaker, "openForMs", {
      name: "breakerOpenFor",
      about: "How long nothing is asked once it is open; long ones outlast the trouble.",
      unit: "ms",
      min: 10,
      max: 300_000,
    }),
    figure(policy, "bulkheadCalls", {
      name: "bulkhead",
      about: "Calls at once, 0 any number; keeps a slow callee from taking all workers.",
      unit: "count",
      min: 0,
      max: 1_000,
    }),
    figure(policy, "bulkheadWaitMs", {
      name: "bulkheadWait",
      about: "How long a request may wait for one of these calls; waiting keeps its worker busy.",
      unit: "ms",
      min: 0,
      max: 60_000,
    }),
    toggle(policy, "hedging", {
      name: "hedging",
      about: "Ask another instance too when a read takes longer than 95 % of them; costs 5 % more requests.",
    }),
    choice(policy, "fallback", {
      name: "fallback",
      about: "What a read says when it failed: an error, the last known answer, an empty one, or a default.",
      choices: FALLBACKS,
    }),
  ];
  return settings.map((setting) => ({ ...setting, name: own(setting.name) }));
}

/** What operators may set about how a service treats the requests that it takes. */
export function admissionSettings(policy: ServicePolicy): Setting[] {
  return [
    figure(policy, "workers", {
      name: "workers",
      about: "Requests in progress at once; more wait for callees together, and hit them together.",
      unit: "count",
      min: 1,
      max: 1_000,
    }),
    figure(policy, "queueCap", {
      name: "queue",
      about: "Requests that may wait for a worker; a long queue answers everybody too late.",
      unit: "count",
      min: 0,
      max: 10_000,
    }),
    choice(policy, "discipline", {
      name: "discipline",
      about: "Who is next: the oldest, or the newest, who still waits for the answer.",
      choices: ["fifo", "lifo"],
    }),
    toggle(policy, "shedByPriority", {
      name: "shedByPriority",
      about: "When full, the lowest priority goes, not whoever came last.",
    }),
    toggle(policy, "dropAbandoned", {
      name: "dropAbandoned",
      about: "Begin nothing whose sender has stopped waiting, and wait no longer than it does.",
    }),
    toggle(policy, "idempotencyKeys", {
      name: "idempotencyKeys",
      about: "All attempts carry one key; without, a retried write can take effect twice.",
    }),
    figure(policy, "rememberMs", {
      name: "remember",
      about: "How long answers are kept by key, 0 not at all; a retry after that happens twice.",
      unit: "ms",
      min: 0,
      max: 3_600_000,
    }),
  ];
}

function camelCase(name: string): string {
  return name
    .split("-")
    .map((part, place) => (place === 0 ? part : `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`))
    .join("");
}
