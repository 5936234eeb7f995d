import type { Operation } from "../history/operation.ts";
import type { Model } from "./model.ts";

/**
 * A register with read, write and compare-and-set that starts empty, as Jepsen's cas-register does.
 * Simplified: a cas that failed says nothing and is no step, because its answer does not tell why it failed.
 */
export const casRegister: Model<number | null, Operation> = {
  initial: null,
  step(value, operation) {
    switch (operation.kind) {
      case "read":
        return operation.result === value ? value : undefined;
      case "write":
        return operation.argument;
      case "cas":
        return operation.expected === value ? operation.argument : undefined;
    }
  },
};
