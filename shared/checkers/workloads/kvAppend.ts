import type { JepsenPair } from "../../history/eventPairing.ts";
import { fitsKeyValue, keyValueOperation } from "../../history/kvMaps.ts";
import type { CheckerOptions } from "../checker.ts";
import { keyValue } from "../keyValue.ts";
import { searchVerdict } from "../searchVerdict.ts";
import type { Workload } from "./workload.ts";

/** Gets, puts and appends of strings by key. */
export const kvAppend = {
  model: "kv-append",
  alsoCalled: ["kv"],
  about: "Gets, puts and appends of strings by key; every key starts as the empty string.",
  source: "The key-value histories of Horn & Kroening 2015, as judged by Porcupine.",
  guarantees: ["linearizable"],
  keyed: true,
  fits: fitsKeyValue,
  judge: (pairs: readonly JepsenPair[], _guarantee: string, options: CheckerOptions) =>
    searchVerdict(keyValue, pairs.map(keyValueOperation), options),
  accepted: `
    {:process 0, :type :invoke, :f :append, :key "a", :value "x"}
    {:process 1, :type :invoke, :f :append, :key "a", :value "y"}
    {:process 0, :type :ok, :f :append, :key "a", :value "x"}
    {:process 1, :type :ok, :f :append, :key "a", :value "y"}
    {:process 0, :type :invoke, :f :get, :key "a", :value nil}
    {:process 0, :type :ok, :f :get, :key "a", :value "yx"}`,
  rejected: `
    {:process 0, :type :invoke, :f :append, :key "a", :value "x"}
    {:process 0, :type :ok, :f :append, :key "a", :value "x"}
    {:process 1, :type :invoke, :f :append, :key "a", :value "y"}
    {:process 1, :type :ok, :f :append, :key "a", :value "y"}
    {:process 0, :type :invoke, :f :get, :key "a", :value nil}
    {:process 0, :type :ok, :f :get, :key "a", :value "yx"}`,
} satisfies Workload;
