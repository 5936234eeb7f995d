import type { Us } from "../../core/time.ts";
import type { Request } from "../../sim/message.ts";
import type { Answer } from "../answer.ts";

/** What became of a request with this key; while it is under way, those who ask the same wait with it. */
interface Remembered {
  answer: Answer | null;
  untilUs: Us;
  readonly waiters: Request[];
}

/**
 * Answers by idempotency key, in memory: whoever asks again gets the first answer, and nothing happens twice. A refusal
 * or an unclear end is forgotten, so that another try can succeed. What it does not outlive: a crash, and its retention.
 */
export type RememberedAnswers = Map<number, Remembered>;

/** What is known of a key: its answer, that somebody works on it (who asks waits along), or nothing. */
export function recall(memory: RememberedAnswers, request: Request, nowUs: Us): Answer | "underWay" | "unknown" {
  for (const [key, { answer, untilUs }] of memory) {
    if (answer === null || untilUs > nowUs) break;
    memory.delete(key);
  }
  const remembered = memory.get(request.operation);
  if (remembered === undefined || (remembered.answer !== null && remembered.untilUs <= nowUs)) return "unknown";
  if (remembered.answer !== null) return remembered.answer;
  remembered.waiters.push(request);
  return "underWay";
}

/** Work on a key begins. */
export function beginKey(memory: RememberedAnswers, key: number): void {
  memory.delete(key);
  memory.set(key, { answer: null, untilUs: 0, waiters: [] });
}

/** Work on a key ended; the answer is everybody who asked the same meanwhile. */
export function endKey(memory: RememberedAnswers, key: number, answer: Answer, untilUs: Us): readonly Request[] {
  const remembered = memory.get(key);
  if (remembered === undefined) return [];
  memory.delete(key);
  if (answer.outcome === "ok" || answer.outcome === "fail") memory.set(key, { answer, untilUs, waiters: [] });
  return remembered.waiters;
}
