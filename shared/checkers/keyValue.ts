import type { Model } from "./model.ts";

/** One question to a key of a key-value store that can append, with its answer. */
export interface KeyValueStep {
  readonly kind: "get" | "put" | "append";
  /** What a get returned; what a put or an append was given. */
  readonly value: string;
}

/** One key of a key-value store with get, put and append, which starts as the empty string. */
export const keyValue: Model<string, KeyValueStep> = {
  initial: "",
  step(held, { kind, value }) {
    switch (kind) {
      case "get":
        return value === held ? held : undefined;
      case "put":
        return value;
      case "append":
        return held + value;
    }
  },
};
