import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";

/**
 * Clients of a history that does not name them. There are taken to be as few as could have asked all its questions, and an
 * end belongs to the one open question that it can answer: where there are two, nobody could tell.
 */
export class AnonymousProcesses {
  /** Clients that are free to ask. */
  readonly #free: number[] = [];
  #count = 0;

  /** The client that asks next. */
  ask(): number {
    return this.#free.pop() ?? this.#count++;
  }

  /** The question that an end belongs to among the open ones, or why it has none, as a part of a sentence. */
  whoAsked<Pair extends JepsenPair>(end: JepsenEvent, open: Iterable<Pair>): Pair | string {
    const [asked, other] = [...open].filter((pair) => answers(end, pair));
    if (asked === undefined) return `here ends a ${end.f} that nobody began`;
    return other === undefined
      ? asked
      : `more than one open ${end.f} could have ended here, and no process is named that tells them apart`;
  }

  /** A client is free again, unless nobody knows whether its question still runs. */
  ended({ process, outcome }: JepsenPair): void {
    if (outcome !== "unknown") this.#free.push(process);
  }
}

/** True when an end could be that of a question: it is told the same, or what it had asked for. */
function answers({ f, key, value }: JepsenEvent, asked: JepsenPair): boolean {
  if (asked.f !== f || asked.key !== key) return false;
  if (asked.asked === null || value === null) return true;
  if (!Array.isArray(value) || !Array.isArray(asked.asked)) return JSON.stringify(value) === JSON.stringify(asked.asked);
  const question = asked.asked as readonly unknown[];
  return value.length === question.length && value.every((part, at) => fitsPart(part, question[at]));
}

/** A step of a transaction keeps what it does and to what; a read is asked without a value, or with none that counts. */
function fitsPart(told: unknown, asked: unknown): boolean {
  if (asked === null) return true;
  if (!Array.isArray(told) || !Array.isArray(asked)) return JSON.stringify(told) === JSON.stringify(asked);
  const same = told[0] === asked[0] && told[1] === asked[1];
  return same && (told[0] === "r" || JSON.stringify(told) === JSON.stringify(asked));
}
