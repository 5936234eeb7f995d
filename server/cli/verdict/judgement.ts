import type { Verdict } from "../../../shared/checkers/checker.ts";
import { judgePairs } from "../../../shared/checkers/workloads/independent.ts";
import { workloads } from "../../../shared/checkers/workloads/registry.ts";
import type { Workload } from "../../../shared/checkers/workloads/workload.ts";
import { isRefusal } from "../../../shared/core/refusal.ts";
import type { JepsenPair } from "../../../shared/history/eventPairing.ts";
import { formats, type Format } from "../../../shared/history/formats.ts";
import { Misuse } from "../commandLine.ts";
import { linesOf, piecesOf } from "./pieces.ts";

/** What is to be judged: a file, how it is written, what it is a history of, and what was promised. */
export interface Case {
  readonly file: string;
  readonly format: string;
  readonly model: string;
  /** The model's first guarantee when missing. */
  readonly guarantee?: string | undefined;
}

/** A verdict, the operations it is about, and the time it took to find it once the file was read. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly guarantee: string;
  readonly operations: readonly JepsenPair[];
  readonly tookMs: number;
}

/** Reads a history and judges it within `budgetMs`. What can't be judged is a misuse: file, line and reason. */
export function judgeCase({ file, format, model, guarantee }: Case, budgetMs: number): Judgement {
  const how = namedIn<Format>(formats, "format", format.startsWith("edn-maps") ? "kv-maps" : (FORMAT_ALIASES[format] ?? format));
  const workload = namedIn<Workload>(workloads, "model", modelCalled(model));
  const promise = guaranteeOf(workload, guarantee);
  if (format in FORMATS_OF_REGISTERS && workload.model !== "cas-register") {
    throw new Misuse(`A file in ${format} is a history of cas-register, not of ${model}.`);
  }
  const operations = how.read(how.reads === "lines" ? linesOf(file) : piecesOf(file), (event) => workload.fits(event));
  if (isRefusal(operations)) throw new Misuse(`${file}: ${operations.sentence}`);
  if (operations.length === 0)
    throw new Misuse(`${file}: Line 1: the file is empty, and a history has at least one operation.`);
  const startMs = performance.now();
  const expired = () => performance.now() - startMs > budgetMs;
  const verdict = judgePairs(operations, { workload, guarantee: promise, options: { searchSteps: Infinity, expired } });
  return { verdict, guarantee: promise, operations, tookMs: performance.now() - startMs };
}

/** What the formats are called elsewhere. */
const FORMAT_ALIASES: Readonly<Record<string, string>> = { edn: "jepsen-edn", json: "jepsen-json" };

/** The name of a model here, by that or another name. */
function modelCalled(name: string): string {
  return Object.values<Workload>(workloads).find(({ alsoCalled }) => alsoCalled?.includes(name))?.model ?? name;
}

/** Formats that can't hold anything but operations on registers. */
const FORMATS_OF_REGISTERS = { "jepsen-log": true, jsonl: true };

function namedIn<Entry>(registry: Readonly<Record<string, Entry>>, what: string, name: string): Entry {
  const entry = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (entry === undefined)
    throw new Misuse(`There is no ${what} "${name}"; there are ${Object.keys(registry).join(", ")}.`);
  return entry;
}

/** Guarantees are found however they are spelt: "read-your-writes" is readYourWrites, and "PL-3" is serializable. */
function guaranteeOf({ model, guarantees, guaranteeAliases = {} }: Workload, name = guarantees[0]!): string {
  const plain = (text: string) => text.replaceAll(/[^a-zA-Z0-9+]/g, "").toLowerCase();
  const alias = Object.keys(guaranteeAliases).find((it) => plain(it) === plain(name));
  const found = guarantees.find((it) => plain(it) === plain(alias === undefined ? name : guaranteeAliases[alias]!));
  if (found === undefined) throw new Misuse(`${model} has no guarantee "${name}"; it has ${guarantees.join(", ")}.`);
  return found;
}
