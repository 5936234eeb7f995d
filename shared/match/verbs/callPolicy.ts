import { isRefusal } from "../../core/refusal.ts";
import { findService, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Sets how a service calls on: timeout, attempts and backoff. */
export const callPolicy: Verb<"callPolicy"> = {
  name: "callPolicy",
  role: "traffic",
  about: "Set a service's timeout, attempts and backoff.",
  durationMs: () => 0,
  at: (stage, { service }) => placeOfComponent(stage, service),
  describe: (_, { service, timeoutMs, attempts }) => `sets ${service} to ${attempts} × ${timeoutMs} ms`,
  refuse(stage, { service }) {
    const found = findService(stage, service);
    return isRefusal(found) ? found : null;
  },
  finish(stage, { service, timeoutMs, attempts, backoffMs }) {
    const found = findService(stage, service);
    if (!isRefusal(found)) Object.assign(found.policy, { timeoutMs, attempts, backoffMs });
  },
};
