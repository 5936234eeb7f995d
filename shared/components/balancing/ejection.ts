import { z } from "zod";
import { usOf, type Us } from "../../core/time.ts";
import { Duration, Interval, Percent } from "../../core/units.ts";
import type { ProcessId } from "../../sim/process.ts";

/** When a balancer leaves a target out because of the answers that it gives. Times and the largest share are Envoy's. */
export const EjectionConfig = z
  .strictObject({
    errors: Percent.default(0.5).describe("share of failed answers in an interval from which a target is left out"),
    lateAfter: Duration.default(5_000).describe("an answer that takes this long counts as failed"),
    minimumAnswers: z.int().min(1).max(1_000).default(10).describe("fewer answers in an interval say nothing"),
    interval: Interval.default(10_000).describe("time over which answers are counted"),
    for: Duration.default(30_000).describe("how long it is left out the first time; each further time so much longer"),
    atMost: Percent.default(0.1).describe(
      "share of targets that may be left out at once; one of several may in any case",
    ),
  })
  .describe("leave targets out that answer with errors; without these lines only health checks decide");
export type EjectionConfig = z.infer<typeof EjectionConfig>;

/** What one balancer saw of one target in the interval under way. */
interface Seen {
  answers: number;
  failed: number;
  outUntilUs: Us;
  /** How often it was left out so far. */
  ejections: number;
}

/**
 * Watches what targets answer: one that is alive for health checks may still fail at its work.
 * Source: Envoy, "Outlier detection" (failure percentage).
 * Simplified: a target's count of ejections never falls again.
 */
export class Ejection {
  readonly #config: EjectionConfig;
  readonly #seen: ReadonlyMap<ProcessId, Seen>;
  #intervalEndsUs: Us;

  constructor(config: EjectionConfig, targets: readonly ProcessId[]) {
    this.#config = config;
    this.#seen = new Map(targets.map((target) => [target, { answers: 0, failed: 0, outUntilUs: 0, ejections: 0 }]));
    this.#intervalEndsUs = usOf(config.interval);
  }

  /** A target answered in this time, or never did (Infinity). */
  note(target: ProcessId, failed: boolean, tookUs: Us): void {
    const seen = this.#seen.get(target)!;
    seen.answers++;
    if (failed || tookUs >= usOf(this.#config.lateAfter)) seen.failed++;
  }

  isOut(target: ProcessId, nowUs: Us): boolean {
    return this.#seen.get(target)!.outUntilUs > nowUs;
  }

  /** At the end of an interval, leaves out who failed too often, in the order of the targets, and counts anew. */
  judge(nowUs: Us): void {
    if (nowUs < this.#intervalEndsUs) return;
    this.#intervalEndsUs = nowUs + usOf(this.#config.interval);
    const { errors, minimumAnswers, atMost } = this.#config;
    const room = this.#seen.size === 1 ? 0 : Math.max(1, Math.floor(atMost * this.#seen.size));
    let out = [...this.#seen.values()].filter(({ outUntilUs }) => outUntilUs > nowUs).length;
    for (const seen of this.#seen.values()) {
      const bad = seen.answers >= minimumAnswers && seen.failed / seen.answers >= errors;
      if (bad && out < room && seen.outUntilUs <= nowUs) {
        out++;
        seen.ejections++;
        seen.outUntilUs = nowUs + usOf(this.#config.for) * seen.ejections;
      }
      seen.answers = 0;
      seen.failed = 0;
    }
  }
}
