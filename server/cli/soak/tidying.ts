import type { Placed } from "../../../shared/components/store/groups.ts";
import type { Store } from "../../../shared/components/store/store.ts";
import type { Built } from "../../../shared/components/site.ts";
import type { Intent } from "../../../shared/match/intent.ts";
import type { Match } from "../../../shared/match/match.ts";

/** What a tidy operator goes back to: everything as the level had it. */
export interface Order {
  readonly settings: ReadonlyMap<string, readonly number[]>;
  readonly replications: ReadonlyMap<string, Store["replication"]>;
  /** The same for all machines of a soak. */
  readonly queueCap: number;
  readonly off: readonly boolean[];
}

/** How everything stands at the start. */
export function orderOf({ cluster }: Match): Order {
  return {
    settings: new Map(cluster.components.map((built: Built) => [built.name, (built.settings ?? []).map(({ get }) => get())])),
    replications: new Map(cluster.stores().map(({ name, replication }) => [name, replication])),
    queueCap: cluster.world.machines[0]!.queueCap,
    off: cluster.world.machines.map(({ state }) => state === "off"),
  };
}

/**
 * What an operator asks for who, once the trouble is over, puts right what was done meanwhile: everybody is let back in
 * and switched on, everything is set as it was, and somebody leads where nobody would take the lead by itself.
 */
export function tidyingUp(match: Match, order: Order): Intent[] {
  return [...machines(match, order), ...routes(match), ...components(match, order), ...leaders(match)];
}

function machines({ cluster }: Match, { off }: Order): Intent[] {
  return cluster.world.machines.flatMap((machine, index): Intent[] => {
    const node = cluster.nodeNames[index]!;
    return [
      ...(machine.fenced ? [{ verb: "fence", node, fenced: false } as const] : []),
      ...(machine.state === "off" && !off[index]! ? [{ verb: "power", node, on: true } as const] : []),
      ...(machine.state === "crashed" && machine.heldDown === null ? [{ verb: "restart", node } as const] : []),
      { verb: "drain", node, drained: false },
      { verb: "weight", node, weight: 1 },
    ];
  });
}

function routes({ cluster }: Match): Intent[] {
  return cluster.zoneNames.map((zone) => ({ verb: "route", from: zone, to: zone }));
}

function components({ cluster }: Match, { settings, replications, queueCap }: Order): Intent[] {
  const { machines: nodes } = cluster.world;
  return cluster.components.flatMap((built: Built): Intent[] => [
    ...(built.instances.every(({ node }) => nodes[node]!.queueCap === queueCap)
      ? []
      : [{ verb: "shed", component: built.name, queueCap } as const]),
    ...(built.settings ?? []).flatMap(({ name, get }, place): Intent[] => {
      const value = settings.get(built.name)![place]!;
      return get() === value ? [] : [{ verb: "set", component: built.name, setting: name, value }];
    }),
    ...(built.orders ?? []).flatMap(({ verb, refuse }): Intent[] => {
      const isWanted = verb === "rollback" || verb === "replay" || verb === "rebuild" || (verb === "repair" && built.kind === "store");
      return isWanted && refuse() === null ? [{ verb, component: built.name }] : [];
    }),
    ...(built.kind === "store" ? dials(built as Store, replications.get(built.name)!) : []),
  ]);
}

function dials({ name, replication }: Store, { stop, readQuorum, writeQuorum }: Store["replication"]): Intent[] {
  return [
    ...(replication.stop === stop ? [] : [{ verb: "dial", store: name, stop } as const]),
    ...(replication.readQuorum === readQuorum && replication.writeQuorum === writeQuorum
      ? []
      : [{ verb: "quorum", store: name, readQuorum, writeQuorum } as const]),
  ];
}

/** A primary that stepped down waits for an operator, and so does a chain whose head lacks what others have. */
function leaders({ cluster }: Match): Intent[] {
  const { machines: nodes } = cluster.world;
  return cluster.stores().flatMap((store) =>
    store.groups.flatMap(({ shard }): Intent[] => {
      const group = store.placed.filter((placed) => placed.shard === shard && nodes[placed.node]!.state === "up");
      if (group.some((placed) => roleOf(placed) === "primary" || roleOf(placed) === "head")) return [];
      const nameOf = (placed: Placed): string => cluster.nodeNames[placed.node]!;
      if (store.protocol.name === "primaryBackup") return furthest(group).map((heir) => ({ verb: "promote", store: store.name, node: nameOf(heir) }));
      return store.protocol.name === "chain" ? leadersOfChain(group).map((intent) => intent(store.name, nameOf)) : [];
    }),
  );
}

type ByName = (store: string, nameOf: (placed: Placed) => string) => Intent;

/** A head without its data is taken out, and let back in at the end; where nobody has any, it begins anew. */
function leadersOfChain(group: readonly Placed[]): ByName[] {
  const joining = group.filter((placed) => roleOf(placed) === "joining");
  const hasOthers = joining.length < group.length;
  return (hasOthers ? joining : furthest(joining)).map((placed) => (store, nameOf) =>
    hasOthers ? { verb: "fence", node: nameOf(placed), fenced: true } : { verb: "promote", store, node: nameOf(placed) },
  );
}

function roleOf({ replica }: Placed): string | undefined {
  return replica.status()?.role;
}

/** The one of a group that has come furthest; none of an empty one. */
function furthest(group: readonly Placed[]): Placed[] {
  const position = ({ replica }: Placed): number => replica.status()?.position ?? 0;
  return [...group].sort((a, b) => position(b) - position(a)).slice(0, 1);
}
