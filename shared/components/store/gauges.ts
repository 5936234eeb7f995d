import type { GaugeCard } from "../component.ts";
import type { Us } from "../../core/time.ts";
import type { Placed } from "./groups.ts";
import type { Loads } from "./loads.ts";
import type { Resharder } from "./resharder.ts";
import type { ShardMap } from "./shardMap.ts";

/** What a replica tells monitoring, in the order of `gaugesOf`. */
export const GAUGES: readonly GaugeCard[] = [
  { name: "requests", unit: "perSecond", combine: "sum" },
  { name: "busiest replica", unit: "perSecond", combine: "max" },
  { name: "hottest shard", unit: "share", combine: "max" },
  { name: "keys to move", unit: "count", combine: "max" },
];

/** What a replica needs to know for that: its own requests, and what the keeper of the map tells it of its shard. */
interface Told {
  readonly map: ShardMap;
  readonly loads: Loads;
  readonly groups: readonly unknown[];
  readonly resharder: Resharder | null;
}

/** One figure per gauge: requests a second twice, the share of the store's requests that its shard has, keys to move. */
export function gaugesOf({ map, loads, groups, resharder }: Told, { replica, shard }: Placed, nowUs: Us): readonly number[] {
  const rate = replica.ratePerSecond();
  const shares = loads.shares(groups.length, (key) => map.ownerOf(key), nowUs);
  return [rate, rate, shares[shard]!, resharder?.mover.keysLeft ?? 0];
}
