import { anomalyCards } from "../../../shared/checkers/anomalies/registry.ts";
import { orderReasons } from "../../../shared/checkers/orderReasons.ts";
import { checkers } from "../../../shared/checkers/registry.ts";
import { balancingPolicies } from "../../../shared/components/balancing/registry.ts";
import { componentOf, components, type ComponentName } from "../../../shared/components/registry.ts";
import { partitionings } from "../../../shared/components/store/partitioning/registry.ts";
import { operations } from "../../../shared/core/operations.ts";
import { words } from "../../../shared/core/names.ts";
import { faultOf, faults, type FaultKind } from "../../../shared/faults/registry.ts";
import { verbs } from "../../../shared/match/verbs/registry.ts";
import { dataTypes } from "../../../shared/protocols/crdt/registry.ts";
import { detectors } from "../../../shared/protocols/detectors/registry.ts";
import { protocols } from "../../../shared/protocols/registry.ts";

/** What a registry's entry says of itself. */
export interface Entry {
  readonly about: string;
  readonly source?: string | undefined;
  /** Departures from the real thing that the entry names beside those in its code's comments. */
  readonly simplified?: readonly string[] | undefined;
  /** Further lines: what it takes, what it tells. */
  readonly notes?: readonly string[];
}

/** One registry of the catalogue. */
export interface Section {
  readonly title: string;
  readonly intro: string;
  /** Path of the registry, from which its entries' files are found. */
  readonly registry: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** Every registry of the game, in the order in which a level uses them. */
export function sections(): Section[] {
  return [
    {
      title: "Components",
      intro: "What a level places on machines, and what clients may ask of it.",
      registry: "shared/components/registry.ts",
      entries: mapped(components, (_, kind) => componentEntry(kind as ComponentName)),
    },
    {
      title: "Balancing policies",
      intro: "How a balancer picks among the targets that may be asked.",
      registry: "shared/components/balancing/registry.ts",
      entries: balancingPolicies,
    },
    {
      title: "Partitionings",
      intro: "How the keys of a store are split over its shards.",
      registry: "shared/components/store/partitioning/registry.ts",
      entries: mapped(partitionings, ({ about, source, simplified }) => ({
        about,
        source,
        simplified: simplified === undefined ? [] : [simplified],
      })),
    },
    {
      title: "Protocols",
      intro: "How the replicas of a store agree, and the stops that each lets the consistency dial have.",
      registry: "shared/protocols/registry.ts",
      entries: mapped(protocols, ({ about, source, stops }) => ({
        about,
        source,
        notes: [`Dial: ${stops.map(words).join(", ")}.`],
      })),
    },
    {
      title: "Replicated data types",
      intro: "What the keys of a gossip store may hold.",
      registry: "shared/protocols/crdt/registry.ts",
      entries: mapped(dataTypes, ({ about, source, simplified }) => ({
        about,
        source,
        simplified: simplified === null ? [] : [simplified],
      })),
    },
    {
      title: "Failure detectors",
      intro: "How members of a group guess which of them have failed.",
      registry: "shared/protocols/detectors/registry.ts",
      entries: detectors,
    },
    {
      title: "Faults",
      intro: "What goes wrong.",
      registry: "shared/faults/registry.ts",
      entries: mapped(faults, (_, kind) => {
        const { about, source, simplified } = faultOf(kind as FaultKind);
        return { about, source, simplified };
      }),
    },
    {
      title: "Guarantees",
      intro: "What clients can be promised, each judged by a checker that sees only what clients saw.",
      registry: "shared/checkers/registry.ts",
      entries: mapped(checkers, ({ promise, source, kinds }) => ({
        about: promise,
        source,
        notes: [`Judges: ${kinds.join(", ")}.`],
      })),
    },
    {
      title: "Anomalies",
      intro: "What can be wrong with an answer, by the names that checkers give it.",
      registry: "shared/checkers/anomalies/registry.ts",
      entries: mapped(anomalyCards, ({ title, what, source }) => ({ about: `${title}. ${what}`, source })),
    },
    {
      title: "Reasons for an order",
      intro: "Why one operation comes before another, in the order that a checker could not build.",
      registry: "shared/checkers/orderReasons.ts",
      entries: mapped(orderReasons, ({ words, about }) => ({ about, notes: [`In a few words: ${words}.`] })),
    },
    {
      title: "Operations",
      intro: "What clients ask.",
      registry: "shared/core/operations.ts",
      entries: operations,
    },
    {
      title: "Verbs",
      intro: "What operators can do, and whose call it is.",
      registry: "shared/match/verbs/registry.ts",
      entries: mapped(verbs, ({ about, role, roleOf }) => ({ about, notes: [whose(role, roleOf !== undefined)] })),
    },
  ];
}

function whose(role: string | null, shared: boolean): string {
  if (shared) return "Whoever tends the component.";
  return role === null ? "Everybody's call." : `${role.slice(0, 1).toUpperCase()}${role.slice(1)}'s call.`;
}

function componentEntry(kind: ComponentName): Entry {
  const { about, source, simplified, gauges = [] } = componentOf(kind);
  const told = gauges.length === 0 ? [] : [`Tells monitoring: ${gauges.map(({ name }) => name).join(", ")}.`];
  return { about, source, simplified, notes: told };
}

function mapped<Registry extends object>(
  registry: Registry,
  entryOf: (value: Registry[keyof Registry], name: string) => Entry,
): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(registry).map(([name, value]) => [name, entryOf(value as Registry[keyof Registry], name)]),
  );
}
