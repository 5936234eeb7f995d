import { isRefusal } from "../core/refusal.ts";
import type { Level } from "../level/schema.ts";
import type { Debrief } from "./debrief.ts";
import type { LoggedIntent } from "./intent.ts";
import { Match, type CrewMember } from "./match.ts";
import { options, type IntentOption } from "./options.ts";
import { verbOf } from "./verbs/registry.ts";

/** What is played again: all of it but the log is as it was. */
export interface Attempt {
  readonly level: Level;
  readonly seed: string;
  readonly crew: readonly CrewMember[];
  /** Ticks played: a match that was ended early ends there again. */
  readonly ticks: number;
  /** In any order; those of one tick keep theirs. */
  readonly log: readonly LoggedIntent[];
}

/** An intent of a log that was played again, and what became of it. */
export interface PlayedIntent {
  readonly logged: LoggedIntent;
  /** In a few words, such as "fences Oak". */
  readonly text: string;
  /** Why it was refused this time; empty when it was allowed. */
  readonly refused: string;
}

/** What came of playing a match again with another log. */
export interface Outcome {
  readonly debrief: Debrief;
  /** One for each intent of the log, by tick; those of one tick as they stood. */
  readonly intents: readonly PlayedIntent[];
}

/**
 * A match played once more with another log. Intents come through the same door as players' own, so one that makes no
 * sense any more is refused and has no effect. Luck does not depend on actions: users ask the same at the same time,
 * machines are as slow, and the level's faults strike at the same time, so whatever differs is the change's doing.
 *
 * Not the same are, since they answer to the cluster: which session asks (whoever has an answer is free to ask again),
 * and so the keys of lines whose keys are a session's own; the value that a compare-and-set expects, or an operation on
 * an element names, since somebody saw it; and under a chaos director when, or whether, the next trouble of the plan
 * comes. What comes next, in which order and for how long, is the same there too.
 */
export class WhatIf {
  readonly match: Match;
  readonly #ticks: number;
  readonly #log: readonly LoggedIntent[];
  readonly #intents: PlayedIntent[] = [];

  constructor({ level, seed, crew, ticks, log }: Attempt) {
    this.match = new Match(level, seed, crew);
    this.#ticks = ticks;
    this.#log = log.toSorted((a, b) => a.tick - b.tick);
  }

  /** How much of it was played, 0 to 1. */
  get share(): number {
    return this.match.over ? 1 : Math.min(1, this.match.tick / Math.max(1, this.#ticks));
  }

  /** Plays up to `tick`, or to the end; true when it is over. In slices, so that one can look up in between, or stop. */
  playTo(tick: number): boolean {
    const { match } = this;
    while (!match.over && match.tick < tick) {
      this.#ask();
      if (match.tick >= this.#ticks) match.end();
      else match.advance();
    }
    if (match.over) this.#ask(Infinity);
    return match.over;
  }

  /** What came of it; plays to the end first if need be. */
  outcome(): Outcome {
    this.playTo(Infinity);
    return { debrief: this.match.debrief(), intents: this.#intents };
  }

  /** Everything that any operator could do at `tick`, after what the log has for it; nothing once it is over. */
  optionsAt(tick: number): IntentOption[] {
    this.playTo(tick);
    this.#ask();
    return options(this.match);
  }

  /** Asks for what the log has for this moment. */
  #ask(until = this.match.tick): void {
    for (;;) {
      const logged = this.#log[this.#intents.length];
      if (logged === undefined || logged.tick > until) return;
      const text = verbOf(logged.intent.verb).describe(this.match.stage, logged.intent);
      const answer = this.match.intend(logged.operator, logged.intent);
      this.#intents.push({ logged, text, refused: isRefusal(answer) ? answer.sentence : "" });
    }
  }
}
