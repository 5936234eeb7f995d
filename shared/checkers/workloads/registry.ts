import { bank } from "./bank.ts";
import { casRegister } from "./casRegister.ts";
import { counter } from "./counter.ts";
import { kvAppend } from "./kvAppend.ts";
import { listAppend } from "./listAppend.ts";
import { longFork } from "./longFork.ts";
import { mutex } from "./mutex.ts";
import { queue } from "./queue.ts";
import { rwRegister } from "./rwRegister.ts";
import { set } from "./set.ts";
import { setFull } from "./setFull.ts";
import type { Workload } from "./workload.ts";

/** Every kind of history that can be judged, by the name of its model. */
export const workloads = {
  "cas-register": casRegister,
  "kv-append": kvAppend,
  mutex,
  queue,
  counter,
  set,
  "set-full": setFull,
  bank,
  "long-fork": longFork,
  "list-append": listAppend,
  "rw-register": rwRegister,
} as const satisfies Record<string, Workload>;
