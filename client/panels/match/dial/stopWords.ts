import type { DialStopView } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";

/** A stop's name in words, with its bound where it has one: "bounded 2 s". */
export function stopWords({ name, boundMs }: DialStopView): string {
  return name === "boundedStaleness" ? `bounded ${boundMs / 1_000} s` : spoken(name);
}
