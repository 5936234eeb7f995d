import type { Question } from "../rerun/speech.ts";
import type { Unreadable } from "./directory.ts";

const GIVEN_UP: Unreadable = { sentence: "That was given up for something newer." };

/** An answer that is waited for. */
interface Waiting {
  readonly name: Question["is"];
  readonly progress: (share: number) => void;
  readonly settle: (answer: unknown) => void;
}

/** What is asked of a worker and not yet answered. Of one name only the newest is: an earlier one gets a sentence. */
export class Questions {
  readonly #post: (question: Question) => void;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(post: (question: Question) => void) {
    this.#post = post;
  }

  ask(question: Omit<Question, "number">, progress: (share: number) => void = () => {}): Promise<unknown> {
    for (const [number, { name }] of this.#waiting) if (name === question.is) this.answered(number, GIVEN_UP);
    this.#asked += 1;
    const number = this.#asked;
    return new Promise((settle) => {
      this.#waiting.set(number, { name: question.is, progress, settle });
      this.#post({ ...question, number } as Question);
    });
  }

  nearer(number: number, share: number): void {
    this.#waiting.get(number)?.progress(share);
  }

  answered(number: number, answer: unknown): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    waiting?.settle(answer);
  }

  /** Nothing more will be answered. */
  giveUp(sentence: string): void {
    for (const number of this.#waiting.keys()) this.answered(number, { sentence });
  }
}
