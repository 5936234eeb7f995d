import type { DialStopView, DialView } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";

/** A stop's name in words, with its bound where it has one: "bounded 2 s". */
export function stopWords({ name, boundMs }: DialStopView): string {
  return name === "boundedStaleness" ? `bounded ${boundMs / 1_000} s` : spoken(name);
}

/** Whether there is anything to turn: a store with one stop has no choice to offer. */
export function isTurnable(dial: DialView | null): boolean {
  return (dial?.stops.length ?? 0) > 1;
}
