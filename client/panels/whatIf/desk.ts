import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { IntentOption, Outcome } from "../../rerun/asks.ts";
import { isUnreadable } from "../../session/directory.ts";
import type { Rerun } from "../../session/rerun.ts";
import { changeOf, type Edit, editsOf, logOf } from "./edits.ts";

/** An attempt that was put aside to compare others with. */
export interface Kept {
  readonly edits: readonly Edit[];
  readonly question: string;
  readonly score: number;
}

/** A log that is changed, with all that was made of it so far; every change is played at once. */
export interface Desk {
  /** The match as it was played; null until it was played again. */
  readonly played: ReadonlySignal<Outcome | null>;
  readonly edits: ReadonlySignal<readonly Edit[]>;
  /** What came of the last change that was played to its end; null when there is none, or it was taken back. */
  readonly outcome: ReadonlySignal<Outcome | null>;
  /** By id of the edit: why it was refused in that outcome. */
  readonly refusals: ReadonlySignal<ReadonlyMap<number, string>>;
  /** Share of the newest change that was played, 0 to 1; null when nothing is under way. */
  readonly playing: ReadonlySignal<number | null>;
  readonly complaint: ReadonlySignal<string>;
  readonly isChanged: ReadonlySignal<boolean>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  readonly kept: ReadonlySignal<readonly Kept[]>;
  /** Changes of the same `stroke`, one after the other, are one step to undo. */
  change(edits: readonly Edit[], stroke?: string): void;
  undo(): void;
  redo(): void;
  reset(): void;
  keep(question: string): void;
  forget(kept: Kept): void;
  /** What could be asked for at a tick, with these edits. */
  options(tick: number, edits: readonly Edit[]): Promise<readonly IntentOption[] | { readonly sentence: string }>;
  close(): void;
}

/** Lays a match that is played again on the desk. */
export function openDesk(rerun: Rerun): Desk {
  const past = signal<readonly (readonly Edit[])[]>([]);
  const future = signal<readonly (readonly Edit[])[]>([]);
  const edits = signal<readonly Edit[]>([]);
  const kept = signal<readonly Kept[]>([]);
  let lastStroke = "";

  const set = (next: readonly Edit[]): void => void (edits.value = next);
  const run = openRun(rerun, edits);
  const step = (from: typeof past, to: typeof past): void => {
    const next = from.value.at(-1);
    if (next === undefined) return;
    lastStroke = "";
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, edits.value];
    set(next);
  };
  const change = (next: readonly Edit[], stroke = ""): void => {
    const goesOn = stroke !== "" && stroke === lastStroke;
    lastStroke = stroke;
    if (!goesOn) past.value = [...past.value, edits.value];
    future.value = [];
    set(next);
  };
  const stopBeginning = effect(() => {
    if (rerun.end.value !== null) set(editsOf(rerun.end.value.intents));
  });
  return {
    ...run,
    edits,
    isChanged: computed(() => edits.value.some((edit) => changeOf(edit) !== null)),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    kept,
    change,
    undo: () => step(past, future),
    redo: () => step(future, past),
    reset: () => change(editsOf(rerun.end.value?.intents ?? [])),
    keep(question) {
      const score = run.outcome.value?.debrief.score;
      if (score === undefined) return;
      const others = kept.value.filter((one) => one.question !== question);
      kept.value = [...others, { edits: edits.value, question, score }];
    },
    forget: (gone) => void (kept.value = kept.value.filter((one) => one !== gone)),
    options: (tick, with_) => rerun.options(tick, logOf(with_).map(({ logged }) => logged)),
    close() {
      stopBeginning();
      run.close();
    },
  };
}

type Run = Pick<Desk, "played" | "outcome" | "refusals" | "playing" | "complaint" | "close">;

/** Plays whatever the edits are, anew whenever they change; the newest wins. */
function openRun(rerun: Rerun, edits: ReadonlySignal<readonly Edit[]>): Run {
  const played = computed(() => rerun.end.value);
  const outcome = signal<Outcome | null>(null);
  const refusals = signal<ReadonlyMap<number, string>>(new Map());
  const playing = signal<number | null>(null);
  const complaint = signal("");
  let newest = 0;

  const show = (next: Outcome | null, ids: readonly number[]): void => {
    outcome.value = next;
    refusals.value = new Map((next?.intents ?? []).flatMap(({ refused }, at) => (refused === "" ? [] : [[ids[at]!, refused]])));
  };
  const play = async (log: ReturnType<typeof logOf>): Promise<void> => {
    const number = ++newest;
    playing.value = 0;
    const answer = await rerun.whatIf(
      log.map(({ logged }) => logged),
      (share) => {
        if (number === newest) playing.value = share;
      },
    );
    if (number !== newest) return;
    playing.value = null;
    complaint.value = isUnreadable(answer) ? answer.sentence : "";
    if (!isUnreadable(answer)) show(answer, log.map(({ id }) => id));
  };
  const stop = effect(() => {
    const now = edits.value;
    if (now.some((edit) => changeOf(edit) !== null)) {
      untracked(() => void play(logOf(now)));
      return;
    }
    newest++;
    playing.value = null;
    complaint.value = "";
    show(null, []);
  });
  return { played, outcome, refusals, playing, complaint, close: stop };
}
