import { type ReadonlySignal, signal } from "@preact/signals";
import type { MatchExportName } from "../../shared/match/exports.ts";
import type { Evidence } from "../../shared/match/evidence/evidence.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { Reel } from "../../shared/wire/film.ts";
import type { IntentOption, Outcome, Recording } from "../rerun/asks.ts";
import type { End, Judged, Order, Question, Told, WrittenFile } from "../rerun/speech.ts";
import type { Unreadable } from "./directory.ts";
import { type Film, filmOf } from "./film.ts";

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
  write(format: MatchExportName, component: string | null, progress: (share: number) => void): Promise<WrittenFile | Unreadable>;
  /** Everything that was said for some operations, of what really was played; by their ids in the history. */
  evidence(operations: readonly number[], progress?: (share: number) => void): Promise<Evidence | Unreadable>;
  /** Stops whatever is under way. */
  close(): void;
}

const NO_WORKER = "This browser can't play a match again: it starts no worker.";
const ABANDONED: Unreadable = { sentence: "That was given up for something newer." };

/** An answer that is waited for. */
interface Awaited {
  readonly name: Question["is"];
  readonly progress: (share: number) => void;
  readonly settle: (answer: unknown) => void;
}

/** Begins to play a recorded match again. Close it when it is no longer looked at. */
export function openRerun(recording: Recording, want: { readonly film: boolean }): Rerun {
  const progress = signal(0);
  const film = signal<Film | null>(null);
  const end = signal<End | null>(null);
  const trouble = signal<string | null>(null);
  const awaited = new Map<number, Awaited>();
  const reel = new Reel();
  let lastsMs = 0;
  let judged: Judged | null = null;

  const fail = (sentence: string): void => {
    trouble.value ??= sentence;
    for (const { settle } of awaited.values()) settle({ sentence });
    awaited.clear();
  };
  const develop = (): void => {
    if (reel.frames > 0) film.value = filmOf(reel, lastsMs, judged);
  };
  const hear = (told: Told): void => {
    if (told.is === "begins") lastsMs = told.lastsMs;
    else if (told.is === "clip") {
      reel.add(told.clip);
      develop();
    } else if (told.is === "progress") progress.value = told.share;
    else if (told.is === "end") {
      judged = told.judged;
      develop();
      end.value = told.end;
    } else if (told.is === "trouble") fail(told.sentence);
    else if (told.is === "nearer") awaited.get(told.number)?.progress(told.share);
    else {
      awaited.get(told.number)?.settle(told.answer);
      awaited.delete(told.number);
    }
  };
  const worker = startWorker(hear, fail);
  const order: Order = { is: "order", recording, film: want.film };
  worker?.postMessage(order);

  let questions = 0;
  const ask = (question: Omit<Question, "number">, progress: (share: number) => void = () => {}): Promise<unknown> =>
    new Promise((settle) => {
      if (trouble.value !== null) return settle({ sentence: trouble.value });
      for (const [number, { name, settle: giveUp }] of awaited) {
        if (name !== question.is) continue;
        awaited.delete(number);
        giveUp(ABANDONED);
      }
      questions += 1;
      awaited.set(questions, { name: question.is, progress, settle });
      worker?.postMessage({ ...question, number: questions });
    });
  return {
    recording,
    progress,
    film,
    end,
    trouble,
    whatIf: (log, progress) => ask({ is: "whatIf", given: [log] }, progress) as Promise<Outcome | Unreadable>,
    options: (tick, log) => ask({ is: "options", given: [tick, log] }) as Promise<readonly IntentOption[] | Unreadable>,
    write: (format, component, progress) =>
      ask({ is: "write", given: [format, component] }, progress) as Promise<WrittenFile | Unreadable>,
    evidence: (operations, progress) => ask({ is: "evidence", given: [operations] }, progress) as Promise<Evidence | Unreadable>,
    close: () => {
      worker?.terminate();
      fail("This match was put away.");
    },
  };
}

/** A worker is fetched only now; one that can't be fetched or started is told as trouble, as is one that breaks. */
function startWorker(hear: (told: Told) => void, fail: (sentence: string) => void): Worker | null {
  try {
    const worker = new Worker(new URL("../rerun/worker.ts", import.meta.url), { type: "module", name: "rerun" });
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => hear(data));
    let heard = false;
    worker.addEventListener("message", () => (heard = true), { once: true });
    worker.addEventListener("error", () => {
      fail(heard ? BROKE : UNFETCHED);
      worker.terminate();
    });
    return worker;
  } catch {
    fail(NO_WORKER);
    return null;
  }
}
const BROKE = "Playing the match again went wrong. That is our fault, not yours.";
const UNFETCHED = "The part that plays a match again could not be fetched: check your connection, then try again.";
