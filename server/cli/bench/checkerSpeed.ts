import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { causal } from "../../../shared/checkers/causal.ts";
import { judge } from "../../../shared/checkers/judge.ts";
import { linearizable } from "../../../shared/checkers/linearizable.ts";
import { monotonicWrites } from "../../../shared/checkers/monotonicWrites.ts";
import { pram } from "../../../shared/checkers/pram.ts";
import { sequential } from "../../../shared/checkers/sequential.ts";
import { workloads } from "../../../shared/checkers/workloads/registry.ts";
import { writesFollowReads } from "../../../shared/checkers/writesFollowReads.ts";
import { readText } from "../commandLine.ts";
import { judgeCase } from "../verdict/judgement.ts";
import { type Bench, cpuSeconds, type Figure, median, percentile } from "./figure.ts";
import { keyValueHistory, listAppendHistory, registerHistory } from "./madeHistories.ts";

const RUNS = 3;
/** Histories from outside, which stand beside the project's folder where they were fetched. */
const OUTSIDE = join(import.meta.dirname, "../../../../shared/histories");
const BUDGET_MS = 60_000;
const REGISTER_SIZES = [10_000, 100_000, 1_000_000];
const TRANSACTIONS = 100_000;
/** A match of a few minutes with many clients. */
const VIEWED = { operations: 100_000, keys: 1_000, sessions: 100 };

/** How fast histories are judged: by the check that runs along with a match, by search, and by cycles. */
export const checkerSpeed: Bench = {
  name: "checkers",
  async run() {
    return [...(await outsideLogs()), ...REGISTER_SIZES.map(registers), ...views(), keyValues(), transactions()];
  },
};

/** CPU seconds to judge something that is valid, the median of several times. */
function secondsToJudge(judged: () => { readonly outcome: string }): number {
  return median(
    Array.from({ length: RUNS }, () => {
      let outcome = "";
      const seconds = cpuSeconds(() => void ({ outcome } = judged()));
      if (outcome !== "valid") throw new Error(`bench: a history that is valid was judged ${outcome}`);
      return seconds;
    }),
  );
}

function registers(operations: number): Figure {
  const history = registerHistory(operations);
  const seconds = secondsToJudge(() => judge(linearizable, history));
  const what = `operations judged a CPU second: registers, ${operations.toLocaleString("en")} operations, unique values`;
  return { what, value: operations / seconds, unit: "/s", aim: operations === 1_000_000 ? { atLeast: 1_000_000 } : null };
}

/** Guarantees that are judged by the views of all clients: how many times the work of linearizable, in one run. */
function views(): Figure[] {
  const { operations, keys, sessions } = VIEWED;
  const history = registerHistory(operations, keys, sessions);
  const yardstick = secondsToJudge(() => judge(linearizable, history));
  return [sequential, causal, pram, monotonicWrites, writesFollowReads].map((checker) => {
    const seconds = secondsToJudge(() => judge(checker, history));
    const what = `times the work of linearizable: ${checker.guarantee}, ${operations.toLocaleString("en")} operations, ${keys.toLocaleString("en")} keys, ${sessions} sessions`;
    const note = `${((seconds / operations) * 1e6).toFixed(1)} µs an operation`;
    return { what, value: seconds / yardstick, unit: "×", aim: null, note };
  });
}

function keyValues(): Figure {
  const { judge: judgeKeyValues } = workloads["kv-append"];
  const history = keyValueHistory(50);
  const seconds = secondsToJudge(() => judgeKeyValues(history, "linearizable", { searchSteps: Infinity }));
  const what = `to judge ${history.length.toLocaleString("en")} gets, puts and appends of 50 clients, key by key`;
  return { what, value: seconds * 1_000, unit: "ms", aim: null, note: "for scale: Porcupine 206 ms on two cores" };
}

function transactions(): Figure {
  const { judge: judgeLists, guarantees } = workloads["list-append"];
  const history = listAppendHistory(TRANSACTIONS);
  const seconds = secondsToJudge(() => judgeLists(history, guarantees[0]!, {}));
  const what = `to judge ${TRANSACTIONS.toLocaleString("en")} list-append transactions, ${guarantees[0]}`;
  return { what, value: seconds, unit: "s", aim: { atMost: 5 } };
}

const Cases = z.object({ cases: z.array(z.object({ file: z.string(), format: z.string(), model: z.string(), guarantee: z.string() })) });

/** The logs of etcd, as far as they are there. */
async function outsideLogs(): Promise<Figure[]> {
  const what = "to judge all etcd logs, once read";
  const list = join(OUTSIDE, "expected.json");
  if (!existsSync(list)) return [{ what, value: NaN, unit: "ms", aim: null, note: "left out: ../shared/histories is not there" }];
  const { cases } = Cases.parse(JSON.parse(await readText(list)));
  const logs = cases.filter(({ file }) => file.startsWith("etcd/"));
  const times = logs.map((log) => judgeCase({ ...log, file: join(OUTSIDE, log.file) }, BUDGET_MS).tookMs);
  const note = `${logs.length} logs, median ${median(times).toFixed(2)} ms, worst ${percentile(times, 1).toFixed(1)} ms; for scale: Porcupine 547 ms for 103 logs on two cores`;
  return [{ what, value: times.reduce((sum, ms) => sum + ms, 0), unit: "ms", aim: null, note }];
}
