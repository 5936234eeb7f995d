import type { Operation } from "../history/operation.ts";
import type { Model } from "./model.ts";
import { toldText } from "./telling.ts";

/**
 * A register with read, write and compare-and-set that starts empty, as Jepsen's cas-register does.
 * Simplified: a cas that failed says nothing and is no step, because its answer does not tell why it failed.
 */
export const casRegister: Model<number | null, Operation> = {
  initial: null,
  step(held, { kind, argument, expected, result }) {
    switch (kind) {
      case "read":
        return result === held ? held : undefined;
      case "write":
        return argument;
      case "cas":
        return expected === held ? argument : undefined;
    }
  },
  isRead: ({ kind }) => kind === "read",
  effect: ({ kind, expected, argument }) => `${kind} ${expected} ${argument}`,
  isUnseen: ({ kind, argument }, others) => kind === "read" || others.every((other) => sawIn(other) !== argument),
  told: toldText,
};

/** The value that an operation claims to have seen, if any. */
function sawIn({ kind, expected, result }: Operation): number | null | undefined {
  if (kind === "write") return undefined;
  return kind === "cas" ? expected : result;
}
