import { isMapless } from "../../history/edn.ts";
import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { CheckerOptions } from "../checker.ts";
import type { Model } from "../model.ts";
import { searchVerdict } from "../searchVerdict.ts";
import { elementName } from "./elements.ts";
import { askedOf, type Workload } from "./workload.ts";

/** A queue that gives back what was put in, each once, first in first out. */
export const queue = {
  model: "queue",
  alsoCalled: ["fifo-queue"],
  about: "Enqueues and dequeues of one queue, which starts empty; dequeueing nil finds it empty.",
  source: "Herlihy & Wing 1990, section 1; Knossos's fifo-queue.",
  guarantees: ["linearizable"],
  fits: ({ type, f, value }: JepsenEvent) =>
    isMapless(value) && (f === "dequeue" || (f === "enqueue" && (type !== "invoke" || value !== null))),
  judge: (pairs: readonly JepsenPair[], _guarantee: string, options: CheckerOptions) =>
    searchVerdict(fifo, pairs.map(queueOperation), options),
  accepted: `
    {:process 0, :type :invoke, :f :enqueue, :value 1}
    {:process 1, :type :invoke, :f :enqueue, :value 2}
    {:process 0, :type :ok, :f :enqueue, :value 1}
    {:process 1, :type :ok, :f :enqueue, :value 2}
    {:process 0, :type :invoke, :f :dequeue}
    {:process 0, :type :ok, :f :dequeue, :value 2}`,
  rejected: `
    {:process 0, :type :invoke, :f :enqueue, :value 1}
    {:process 0, :type :ok, :f :enqueue, :value 1}
    {:process 1, :type :invoke, :f :enqueue, :value 2}
    {:process 1, :type :ok, :f :enqueue, :value 2}
    {:process 0, :type :invoke, :f :dequeue}
    {:process 0, :type :ok, :f :dequeue, :value 2}`,
} satisfies Workload;

type QueueOperation = ReturnType<typeof queueOperation>;

function queueOperation(pair: JepsenPair, id: number) {
  const enqueues = pair.f === "enqueue";
  const value = enqueues ? pair.asked : pair.outcome === "ok" ? pair.told : undefined;
  return { ...askedOf(pair, id), key: 0, enqueues, element: value === null ? null : elementName(value) };
}

/** The elements in the queue, first to last, each with a line end behind it (which JSON has none of). */
const fifo: Model<string, QueueOperation> = {
  initial: "",
  step(held, { enqueues, element, outcome }) {
    if (enqueues) return `${held}${element}\n`;
    const first = held.indexOf("\n");
    if (outcome !== "ok") return held.slice(first + 1);
    if (element === null) return held === "" ? held : undefined;
    return held.startsWith(`${element}\n`) ? held.slice(first + 1) : undefined;
  },
  isRead: ({ enqueues, element, outcome }) => !enqueues && element === null && outcome === "ok",
  effect: ({ enqueues, element }) => (enqueues ? `enqueue ${element}` : "dequeue"),
  isUnseen: () => false,
  told: ({ session, enqueues, element }) =>
    `Client ${session} ${enqueues ? `enqueued ${element}` : element === null ? "found the queue empty" : `dequeued ${element}`}`,
};
