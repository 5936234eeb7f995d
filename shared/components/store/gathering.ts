import type { ProcessId } from "../../sim/process.ts";
import type { Instance, Setting, Site } from "../site.ts";
import { toggle } from "../setting.ts";
import type { StoreConfig } from "./config.ts";
import { Gatherer, type Gathered, type Gathering } from "./gatherer.ts";
import { costsOf, type Placed } from "./groups.ts";
import type { ShardMap } from "./shardMap.ts";

/** What of a store its gatherers are built from. */
export interface Gatherable {
  readonly index: number;
  readonly config: StoreConfig;
  readonly map: ShardMap;
  readonly placed: readonly Placed[];
  readonly instances: readonly Instance[];
}

/** Puts a gatherer on every node of a store, beside its replicas, which hand scans over to it. */
export function placeGatherers(
  site: Site,
  { index, config, map, placed, instances }: Gatherable,
  { timeout, partial }: NonNullable<StoreConfig["scans"]>,
  gatherers: Map<number, ProcessId>,
): Gathering {
  const { world } = site;
  const gathering: Gathering = { timeoutMs: timeout, partial };
  const replicaNear = (shard: number, zone: number): ProcessId => {
    const near = placed.findIndex((one, place) => one.shard === shard && instances[place]!.zone === zone);
    return placed[near]?.process ?? placed.find((one) => one.shard === shard)!.process;
  };
  const store: Gathered = { map, gathering, replicaNear, costUs: costsOf(config).readCostUs };
  for (const name of config.on) {
    const machine = world.machines[site.node(name)]!;
    const process = world.addProcess({ machine: machine.index }, (self) => new Gatherer({ world, self, machine, index }, store));
    gatherers.set(machine.index, process);
  }
  return gathering;
}

/** What operators may set about scans; nothing where there are none. */
export function gatheringSettings(gathering: Gathering | null): Setting[] {
  if (gathering === null) return [];
  return [
    {
      name: "scanTimeout",
      about: "How long a scan waits for its slowest shard.",
      unit: "ms",
      min: 10,
      max: 10_000,
      get: () => gathering.timeoutMs,
      set: (value) => (gathering.timeoutMs = value),
    },
    toggle(gathering, "partial", { name: "partialScans", about: "Answer a scan with what there is, when a shard is silent; what is missing nobody knows." }),
  ];
}
