import type { DataType } from "./dataType.ts";
import { gCounter } from "./gCounter.ts";
import { lwwCounter } from "./lwwCounter.ts";
import { lwwMap } from "./lwwMap.ts";
import { lwwRegister } from "./lwwRegister.ts";
import { orSet } from "./orSet.ts";
import { pnCounter } from "./pnCounter.ts";

/** Every data type whose replicas may be changed apart and merged; a gossip store names one of them. */
export const dataTypes = {
  lwwRegister,
  lwwMap,
  lwwCounter,
  gCounter,
  pnCounter,
  orSet,
} satisfies Record<string, DataType<unknown>>;

export type DataTypeName = keyof typeof dataTypes;
