import type { Telling } from "../../protocols/telling.ts";
import type { SentMessage } from "../../sim/messageWatch.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { StoryMessage } from "./evidence.ts";

/** A message that somebody may answer. */
interface Question {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly message: unknown;
  readonly brings: boolean;
  hasArrived: boolean;
  /** To whom an answer is under way. */
  readonly answeredTo: Set<ProcessId>;
}

/** A message that arrived, and how it belongs. */
interface Arrival {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly message: unknown;
  readonly kind: StoryMessage["kind"];
}

/** Questions kept open for an operation; of more the oldest are forgotten. */
const QUESTIONS_MAX = 64;

/** What is known of an operation on its way: who has it, and who was asked what for its sake. */
export class FollowedOperation {
  readonly operation: number;
  isWrite = false;
  /** A replica has been asked, and none has answered since. */
  isOpen = false;
  #key = -1;
  /** Who was sent the write and got it, or took it from the client. */
  readonly #holders = new Set<ProcessId>();
  /** Who is known to have it: it said so, or passed it on. */
  readonly #confirmed = new Set<ProcessId>();
  readonly #questions: Question[] = [];

  constructor(operation: number) {
    this.operation = operation;
  }

  /** A replica has the request in its hands. */
  asked(key: number): void {
    this.#key = key;
    this.isOpen = true;
  }

  /** A replica answers the request. */
  replied(from: ProcessId, isOk: boolean): void {
    this.isOpen = false;
    if (isOk && this.isWrite) this.#holders.add(from);
  }

  /** Replicas known to hold the write, `answerer` among them; 0 for what writes nothing. */
  copies(answerer: ProcessId): number {
    return this.isWrite ? new Set([...this.#confirmed, answerer]).size : 0;
  }

  /** A message brings the write to a replica that has not got it yet. */
  isBroughtBy(sent: SentMessage, telling: Telling<unknown>): boolean {
    if (!this.isWrite || !telling.carries(sent.message, { operation: this.operation, key: this.#key })) return false;
    if (telling.carriesStates === true && !this.#holders.has(sent.from)) return false;
    this.#holders.add(sent.from);
    if (this.#holders.has(sent.to)) return false;
    this.#add(sent, true);
    return true;
  }

  /** A message is the answer to one that belongs to this operation; answered again only when the first answer was lost. */
  isAnsweredBy({ from, to, message, fate }: SentMessage, telling: Telling<unknown>): boolean {
    const questions = this.#questions.filter(
      (asked) =>
        asked.to === from &&
        (asked.from === to || telling.answersAll === true) &&
        asked.hasArrived &&
        !asked.answeredTo.has(to) &&
        telling.answers(message, asked.message),
    );
    if (fate === "underWay") for (const { answeredTo } of questions) answeredTo.add(to);
    return questions.length > 0;
  }

  /** A message is sent for the sake of this operation, and may be answered. */
  ask(sent: SentMessage): void {
    this.#add(sent, false);
  }

  /** A message that belongs to this operation came to somebody. */
  arrived({ from, to, message, kind }: Arrival): void {
    const question = this.#questions.find((one) => one.to === to && one.message === message);
    if (question !== undefined) question.hasArrived = true;
    if (kind === "carry") {
      this.#holders.add(to);
      this.#confirmed.add(from);
    }
    if (kind === "answer" && this.#questions.some((one) => one.to === from && one.brings && one.answeredTo.has(to))) {
      this.#confirmed.add(from);
    }
  }

  #add({ from, to, message, fate }: SentMessage, brings: boolean): void {
    if (fate !== "underWay") return;
    this.#questions.push({ from, to, message, brings, hasArrived: false, answeredTo: new Set() });
    if (this.#questions.length > QUESTIONS_MAX) this.#questions.shift();
  }
}
