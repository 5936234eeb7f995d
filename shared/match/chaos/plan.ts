import type { RandomStreams } from "../../core/random.ts";
import { pick } from "../../core/random.ts";
import type { Ms } from "../../core/time.ts";
import type { Chaos } from "../../level/chaos.ts";

/** A line of the level's menu. */
export type ChaosKind = Chaos["kinds"][number];

/** What comes next, and how long a team of middling strength has before it does. */
export interface Planned {
  readonly kind: ChaosKind;
  readonly gapMs: Ms;
}

/**
 * What could happen in this match, in order: drawn from the seed alone before the first tick, so that it is the same for
 * every team. It ends when nothing more can be paid for. No kind comes twice in a row while there is another.
 */
export function chaosPlan({ budget, kinds, every }: Chaos, streams: RandomStreams): Planned[] {
  const luck = streams.stream("chaos", "plan");
  const plan: Planned[] = [];
  let left = budget;
  for (;;) {
    const affordable = kinds.filter(({ costs }) => costs <= left);
    const others = affordable.filter((kind) => kind !== plan.at(-1)?.kind);
    const choice = others.length > 0 ? others : affordable;
    if (choice.length === 0) return plan;
    const kind = choice[pick(luck, choice.length)]!;
    plan.push({ kind, gapMs: every.fromMs + luck() * (every.untilMs - every.fromMs) });
    left -= kind.costs;
  }
}
