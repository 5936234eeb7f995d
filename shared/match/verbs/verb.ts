import type { Refusal } from "../../core/refusal.ts";
import type { Ms } from "../../core/time.ts";
import type { Cluster } from "../cluster.ts";
import type { Intent, VerbName } from "../intent.ts";
import type { Instrumentation } from "../instrumentation.ts";
import type { Owners } from "../owners.ts";
import type { Role } from "../roles.ts";
import type { AlertView, PingView } from "../view.ts";

/** An intent of one verb. */
export type IntentOf<Name extends VerbName> = Extract<Intent, { verb: Name }>;

/** What a verb may look at and touch. */
export interface Stage {
  readonly cluster: Cluster;
  readonly clockMs: Ms;
  /** Dollars left of the budget. */
  readonly moneyLeft: number;
  readonly crewsFree: number;
  /** True while a job of this verb is under way at this place. */
  isBusy(verb: VerbName, at: string): boolean;
  /** Puts a ping on the map. */
  ping(operator: number, at: string, word: string): void;
  /** The pings that can be voted on. */
  readonly calls: readonly PingView[];
  vote(operator: number, ping: number, aye: boolean): void;
  readonly instrumentation: Instrumentation;
  readonly owners: Owners;
  /** Name of an operator, or "somebody". */
  nameOf(operator: number): string;
  hasClaim(component: string, guarantee: string): boolean;
  claim(operator: number, component: string, guarantee: string): void;
  /** What the pager keeps, newest first. */
  readonly alerts: readonly AlertView[];
  /** Notes who takes an alert; false when there is no such alert. */
  take(operator: number, alert: number): boolean;
}

/**
 * One thing that an operator can do. An intent is refused with a sentence, or applied at the next tick; a verb that takes
 * time begins a job and takes effect in `finish`.
 */
export interface Verb<Name extends VerbName> {
  readonly name: Name;
  /** Whose verb it is; null: everybody's. */
  readonly role: Role | null;
  /** Whose it is at this place, for a verb that several roles share. */
  roleOf?(cluster: Cluster, intent: IntentOf<Name>): Role | null;
  readonly about: string;
  /** How long it takes, ms; 0 is at once. */
  durationMs(stage: Stage, intent: IntentOf<Name>): Ms;
  /** Place of the map that it works on: `n2`, `z0`, `l1`, `c0`. */
  at(stage: Stage, intent: IntentOf<Name>): string;
  /** "fences Oak": for the timeline, after the operator's name. */
  describe(stage: Stage, intent: IntentOf<Name>): string;
  /** Why it can't be done now, or null. */
  refuse(stage: Stage, intent: IntentOf<Name>): Refusal | null;
  /**
   * Everything of this kind that somebody would think of at this moment: names and choices all of them, numbers a few
   * sensible ones. Some are refused now; none changes anything.
   */
  options(stage: Stage): Iterable<IntentOf<Name>>;
  /** What is true from the moment it begins, before it takes effect. */
  begin?(stage: Stage, intent: IntentOf<Name>): void;
  /** Takes effect. */
  finish(stage: Stage, intent: IntentOf<Name>, operator: number): void;
}
