import type { KeyValueOperation } from "../history/kvMaps.ts";
import type { Model } from "./model.ts";

/** One key of a key-value store with get, put and append, which starts as the empty string. */
export const keyValue: Model<string, KeyValueOperation> = {
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
  isRead: ({ kind }) => kind === "get",
  effect: ({ kind, value }) => `${kind} ${value}`,
  isUnseen: ({ kind }) => kind === "get",
  told: ({ session, key, kind, value }) => {
    const verbs = { get: "read", put: "put", append: "appended" };
    return `Client ${session} ${verbs[kind]} "${value}" at key ${key}`;
  },
};
