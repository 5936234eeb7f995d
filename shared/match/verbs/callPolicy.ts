import { isRefusal } from "../../core/refusal.ts";
import { findService, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** What somebody who changes a call policy would try: each timeout with each number of attempts, and other waits. */
const TIMEOUTS_MS = [50, 100, 200, 400, 800, 1_600, 3_200];
const ATTEMPTS = [1, 2, 3, 5];
const BACKOFFS_MS = [0, 50, 200, 1_000];

/** Sets how a service calls on: timeout, attempts and backoff. */
export const callPolicy: Verb<"callPolicy"> = {
  name: "callPolicy",
  role: "traffic",
  about: "Set a service's timeout, attempts and backoff.",
  durationMs: () => 0,
  at: (stage, { service }) => placeOfComponent(stage, service),
  describe: (_, { service, timeoutMs, attempts, backoffMs }) =>
    `sets ${service} to ${attempts} × ${timeoutMs} ms, backoff ${backoffMs} ms`,
  refuse(stage, { service }) {
    const found = findService(stage, service);
    return isRefusal(found) ? found : null;
  },
  *options({ cluster }) {
    for (const { name: service, policy } of cluster.services()) {
      const { timeoutMs, attempts, backoffMs } = policy;
      for (const timeout of TIMEOUTS_MS) {
        for (const tries of ATTEMPTS) {
          yield { verb: "callPolicy", service, timeoutMs: timeout, attempts: tries, backoffMs };
        }
      }
      for (const wait of BACKOFFS_MS) yield { verb: "callPolicy", service, timeoutMs, attempts, backoffMs: wait };
    }
  },
  finish(stage, { service, timeoutMs, attempts, backoffMs }) {
    const found = findService(stage, service);
    if (!isRefusal(found)) Object.assign(found.policy, { timeoutMs, attempts, backoffMs });
  },
};
