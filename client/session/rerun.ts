import { type ReadonlySignal, signal } from "@preact/signals";
import type { MatchExportName } from "../../shared/match/exports.ts";
import type { Evidence } from "../../shared/match/evidence/evidence.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { Reel } from "../../shared/wire/film.ts";
import type { IntentOption, Outcome, Recording } from "../rerun/asks.ts";
import type { End, Judged, Order, Question, Told, WrittenFile } from "../rerun/speech.ts";
import type { Unreadable } from "./directory.ts";
import { type Film, filmOf } from "./film.ts";
import { Questions } from "./questions.ts";

export type { Film, Frame } from "./film.ts";

/** A recorded match that is played again beside the page, in a worker of its own. */
export interface Rerun {
  readonly recording: Recording;
  /** Share of the match that was played again, 0 to 1. */
  readonly progress: ReadonlySignal<number>;
  /** Null before the first frame; another object whenever it has grown. */
  readonly film: ReadonlySignal<Film | null>;
  readonly end: ReadonlySignal<End | null>;
  /** Why this match can't be played again, in one sentence; nothing comes after it. */
  readonly trouble: ReadonlySignal<string | null>;
  /** Plays the match with another log. A later call ends an earlier one, which then gets a sentence. */
  whatIf(log: readonly LoggedIntent[], progress?: (share: number) => void): Promise<Outcome | Unreadable>;
  /** Everything that any operator could do at a tick, after what the log has for it. */
  options(tick: number, log: readonly LoggedIntent[]): Promise<readonly IntentOption[] | Unreadable>;
  /** The match as a file for other programs, of one component where one is named. */
  write(
    format: MatchExportName,
    component: string | null,
    progress: (share: number) => void,
  ): Promise<WrittenFile | Unreadable>;
  /** Everything that was said for some operations, of what really was played; by their ids in the history. */
  evidence(operations: readonly number[], progress?: (share: number) => void): Promise<Evidence | Unreadable>;
  /** Stops whatever is under way. */
  close(): void;
}

const NO_WORKER = "This browser can't play a match again: it starts no worker.";
const UNFETCHED = "The part that plays a match again could not be fetched: check your connection, then try again.";
const BROKE = "Playing the match again went wrong. That is our fault, not yours.";
const CLOSED = "This match was put away.";

/** Begins to play a recorded match again. Close it when it is no longer looked at. */
export function openRerun(recording: Recording, want: { readonly film: boolean }): Rerun {
  return new WorkerRerun(recording, want.film);
}

/** A rerun in a web worker, whose code is fetched now and not before. */
class WorkerRerun implements Rerun {
  readonly recording: Recording;
  readonly progress = signal(0);
  readonly film = signal<Film | null>(null);
  readonly end = signal<End | null>(null);
  readonly trouble = signal<string | null>(null);
  readonly #questions = new Questions((question) => this.#worker?.postMessage(question));
  readonly #reel = new Reel();
  #worker: Worker | null = null;
  #heard = false;
  #lastsMs = 0;
  #judged: Judged | null = null;

  constructor(recording: Recording, film: boolean) {
    this.recording = recording;
    const order: Order = { is: "order", recording, film };
    try {
      const worker = new Worker(new URL("../rerun/worker.ts", import.meta.url), { type: "module", name: "rerun" });
      worker.addEventListener("message", ({ data }: MessageEvent<Told>) => this.#hear(data));
      worker.addEventListener("error", () => this.#fail(this.#heard ? BROKE : UNFETCHED));
      worker.postMessage(order);
      this.#worker = worker;
    } catch {
      this.#fail(NO_WORKER);
    }
  }

  whatIf(log: readonly LoggedIntent[], progress?: (share: number) => void): Promise<Outcome | Unreadable> {
    return this.#ask({ is: "whatIf", given: [log] }, progress);
  }

  options(tick: number, log: readonly LoggedIntent[]): Promise<readonly IntentOption[] | Unreadable> {
    return this.#ask({ is: "options", given: [tick, log] });
  }

  write(
    format: MatchExportName,
    component: string | null,
    progress: (share: number) => void,
  ): Promise<WrittenFile | Unreadable> {
    return this.#ask({ is: "write", given: [format, component] }, progress);
  }

  evidence(operations: readonly number[], progress?: (share: number) => void): Promise<Evidence | Unreadable> {
    return this.#ask({ is: "evidence", given: [operations] }, progress);
  }

  close(): void {
    this.#fail(CLOSED);
  }

  /** The worker answers each question in its own kind. */
  #ask<Answer>(question: Omit<Question, "number">, progress?: (share: number) => void): Promise<Answer | Unreadable> {
    if (this.trouble.value !== null) return Promise.resolve({ sentence: this.trouble.value });
    return this.#questions.ask(question, progress) as Promise<Answer | Unreadable>;
  }

  #hear(told: Told): void {
    this.#heard = true;
    switch (told.is) {
      case "begins":
        this.#lastsMs = told.lastsMs;
        return;
      case "clip":
        this.#reel.add(told.clip);
        return this.#develop();
      case "progress":
        this.progress.value = told.share;
        return;
      case "end":
        this.#judged = told.judged;
        this.#develop();
        this.end.value = told.end;
        return;
      case "trouble":
        return this.#fail(told.sentence);
      case "nearer":
        return this.#questions.nearer(told.number, told.share);
      case "answer":
        return this.#questions.answered(told.number, told.answer);
    }
  }

  #develop(): void {
    if (this.#reel.frames > 0) this.film.value = filmOf(this.#reel, this.#lastsMs, this.#judged);
  }

  #fail(sentence: string): void {
    this.#worker?.terminate();
    this.trouble.value ??= sentence;
    this.#questions.giveUp(this.trouble.value);
  }
}
