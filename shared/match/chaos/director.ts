import type { RandomStreams } from "../../core/random.ts";
import type { Ms } from "../../core/time.ts";
import type { Level } from "../../level/schema.ts";
import type { Bucket } from "../debrief.ts";
import type { FaultSchedule } from "../faultSchedule.ts";
import { chaosPlan, type Planned } from "./plan.ts";
import { Strength, type Temper } from "./strength.ts";

/** How fast a team's respite passes, by how it is doing: a strong one gets the next trouble in half the time. */
const PACE: Readonly<Record<Temper, number>> = { hurting: 0, struggling: 0.5, strong: 2 };

/**
 * The chaos director: lets loose what the seed has planned, one after the other, as fast as the team can bear it. What
 * comes, in which order, whom it hits and how long it lasts is luck and the same for every team; only whether and when
 * the next one comes depends on the team. So two teams that did equally well so far met the same, and a team that does
 * worse meets the same later, or not at all. A planned trouble always announces itself, and none is let loose while the
 * team hurts or as many troubles as the level allows are on.
 * Source: Booth 2009, The AI systems of Left 4 Dead (build up, peak, relax); Basiri et al. 2016, Chaos engineering.
 */
export class ChaosDirector {
  readonly #level: Level;
  readonly #faults: FaultSchedule;
  readonly #strength: Strength;
  readonly #plan: readonly Planned[];
  #next = 0;
  #waitedMs: Ms = 0;

  constructor(level: Level, faults: FaultSchedule, streams: RandomStreams) {
    this.#level = level;
    this.#faults = faults;
    this.#strength = new Strength(level.slo.availability);
    this.#plan = level.chaos === undefined ? [] : chaosPlan(level.chaos, streams);
  }

  /** What could happen in this match, in order. */
  get plan(): readonly Planned[] {
    return this.#plan;
  }

  /** How much of the plan was let loose so far. */
  get loosed(): number {
    return this.#next;
  }

  /** Looks at the team after `passedMs`, and lets the next one loose if it is time; call once a second. */
  look(clockMs: Ms, passedMs: Ms, counts: Readonly<Record<Bucket, number>>): void {
    const planned = this.#plan[this.#next];
    if (planned === undefined) return;
    this.#strength.note(counts);
    this.#waitedMs += passedMs * PACE[this.#strength.temper];
    if (this.#waitedMs < planned.gapMs || !this.#mayCome(planned, clockMs)) return;
    const { kind } = planned;
    this.#faults.add({
      params: kind,
      beginsMs: clockMs + kind.telegraph,
      lastsMs: kind.for,
      telegraphMs: kind.telegraph,
    });
    this.#next++;
    this.#waitedMs = 0;
  }

  #mayCome({ kind }: Planned, clockMs: Ms): boolean {
    const { chaos, lasts } = this.#level;
    const { from, until = lasts, atOnce } = chaos!;
    const beginsMs = clockMs + kind.telegraph;
    if (beginsMs < from || beginsMs >= until) return false;
    if (this.#strength.temper === "hurting") return false;
    return this.#faults.between(clockMs, beginsMs + kind.for) < atOnce;
  }
}
