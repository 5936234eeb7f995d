import { casRegister } from "./casRegister.ts";
import { kvAppend } from "./kvAppend.ts";
import type { Workload } from "./workload.ts";

/** Every kind of history that can be judged, by the name of its model. */
export const workloads = {
  "cas-register": casRegister,
  "kv-append": kvAppend,
} as const satisfies Record<string, Workload>;
