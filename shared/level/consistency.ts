import { checkers } from "../checkers/registry.ts";
import type { Reference } from "../components/component.ts";
import type { OperationKind } from "../core/operations.ts";
import { componentOf, type AnyKind, KINDS } from "../components/registry.ts";
import { faultOf, type FaultKind } from "../faults/registry.ts";
import { circleAmong } from "./buildOrder.ts";
import { policyInconsistencies } from "./policyConsistency.ts";
import type { LevelFile } from "./schema.ts";

/** What a schema can't see: names that don't exist, stops that a protocol can't honour. One sentence each, with its place. */
export function inconsistencies(level: LevelFile): string[] {
  const [fewest, most] = level.operators.split("-").map(Number) as [number, number];
  return [
    ...(fewest > most ? [`operators: from ${fewest} to ${most} is nobody`] : []),
    ...places(level),
    ...components(level),
    ...workload(level),
    ...promises(level),
    ...events(level),
    ...teams(level),
    ...policyInconsistencies(level),
  ];
}

function unknownName(place: string, name: string, what: string, known: readonly string[]): string[] {
  return known.includes(name) ? [] : [`${place}: there is no ${what} "${name}", only ${known.join(", ")}`];
}

function places(level: LevelFile): string[] {
  const nodes = Object.entries(level.nodes).flatMap(([name, node]) =>
    unknownName(`nodes.${name}.zone`, node.zone, "zone", level.zones),
  );
  const links = Object.keys(level.links).flatMap((pair) =>
    level.zones.some((a) => level.zones.some((b) => pair === `${a}-${b}`))
      ? []
      : [`links.${pair}: expected two of the zones ${level.zones.join(", ")}`],
  );
  const twice = level.zones.filter((zone, at) => level.zones.indexOf(zone) !== at);
  const upsideDown = Object.entries({ ...level.links, within: level.within }).filter(([, { p50, p99 }]) => p99 < p50);
  return [
    ...twice.map((zone) => `zones: "${zone}" stands there twice`),
    ...nodes,
    ...links,
    ...upsideDown.map(
      ([pair]) => `${pair === "within" ? "within" : `links.${pair}`}: its 99th percentile is below its median`,
    ),
  ];
}

/** The lines of every component: what its kind finds wrong with them, and names that don't exist. */
function components(level: LevelFile): string[] {
  if (named(level, ({ stands }) => stands === "watching").length === 0) return ["components: operators need a monitor to see by, and there is none"];
  const own = Object.entries(level.components).flatMap(([name, config]) => {
    const kind = componentOf(config.kind);
    const place = `components.${name}`;
    return [
      ...kind.references(config).flatMap((reference) => unknownReference(level, place, reference)),
      ...(kind.problems?.(config) ?? []).map((problem) => `${place}.${problem}`),
    ];
  });
  const circle = own.length > 0 ? [] : circleAmong(level.components);
  return circle.length > 0 ? [`components: ${circle.join(" calls ")}, which is a circle`] : own;
}

function unknownReference(level: LevelFile, place: string, { field, what, name, kinds, asks }: Reference): string[] {
  const at = `${place}.${field}`;
  if (what === "node") return unknownName(at, name, "node", Object.keys(level.nodes));
  if (what === "zone") return unknownName(at, name, "zone", level.zones);
  if (asks !== undefined) return unknownName(at, name, `component that answers ${asks === "any" ? "requests" : asks}`, answering(level, asks));
  const fitting = Object.entries(level.components).flatMap(([known, { kind }]) =>
    (kinds ?? ASKED).includes(kind) ? [known] : [],
  );
  return unknownName(at, name, kinds === undefined ? "component to ask" : kinds.join(" or "), fitting);
}

/** Kinds that others may ask: not those that stand at the edge, and not those that watch. */
const ASKED = KINDS.filter(({ stands }) => stands === undefined).map(({ kind }) => kind);

/** Components of the kinds that fit, by name. */
function named(level: LevelFile, fits: (kind: AnyKind) => boolean): string[] {
  return Object.entries(level.components).flatMap(([name, { kind }]) => (fits(componentOf(kind)) ? [name] : []));
}

/** Components that answer requests of clients, or this operation, by name. */
function answering(level: LevelFile, asks: OperationKind | "any" = "any"): string[] {
  return Object.entries(level.components).flatMap(([name, config]) => {
    const takes = componentOf(config.kind).takes(config);
    return takes.length > 0 && (asks === "any" || takes.includes(asks)) ? [name] : [];
  });
}

function workload(level: LevelFile): string[] {
  const entrances = named(level, ({ stands }) => stands === "edge");
  if (entrances.length === 0) return ["components: clients need a balancer to ask, and there is none"];
  return level.workload.flatMap((line, index) => {
    const place = `workload[${index}]`;
    const via = line.via ?? entrances[0]!;
    return [
      ...line.from.flatMap((zone) => unknownName(`${place}.from`, zone, "zone", level.zones)),
      ...unknownName(`${place}.to`, line.to, "component that answers clients", answering(level)),
      ...unknownName(`${place}.via`, via, "component at the edge", entrances),
      ...untaken(level, place, line),
      ...(level.components[line.to] === undefined || reachable(level, via).has(line.to)
        ? []
        : [`${place}.to: no way leads from ${via} to ${line.to}`]),
      ...(level.contract[line.to] === undefined
        ? [`contract: ${line.to} is asked by ${place} but nothing is promised for it`]
        : []),
    ];
  });
}

/** An operation that the component asked does not take, or that its contract can't judge. */
function untaken(level: LevelFile, place: string, { to, op }: LevelFile["workload"][number]): string[] {
  const config = level.components[to];
  const contract = level.contract[to];
  const takes = config === undefined ? [op] : componentOf(config.kind).takes(config);
  if (!takes.includes(op)) return [`${place}.op: ${to} takes no ${op}, only ${takes.join(", ")}`];
  const judged = contract === undefined ? [op] : checkers[contract.guarantee].kinds;
  return judged.includes(op) ? [] : [`contract.${to}.guarantee: ${contract!.guarantee} can't judge ${op}`];
}

/** Names of all components that requests can get to from one of them, however many stand between. */
function reachable(level: LevelFile, from: string, seen: Set<string> = new Set()): Set<string> {
  const config = level.components[from];
  if (config === undefined || seen.has(from)) return seen;
  seen.add(from);
  for (const { what, name } of componentOf(config.kind).references(config)) if (what === "component") reachable(level, name, seen);
  return seen;
}

function promises(level: LevelFile): string[] {
  return Object.keys(level.contract).flatMap((name) =>
    unknownName(`contract.${name}`, name, "component that answers clients", answering(level)),
  );
}

function teams(level: LevelFile): string[] {
  const known = Object.keys(level.components);
  const owned = Object.values(level.teams).flat();
  return [
    ...Object.entries(level.teams).flatMap(([team, names]) =>
      names.flatMap((name) => unknownName(`teams.${team}`, name, "component", known)),
    ),
    ...owned.filter((name, at) => owned.indexOf(name) !== at).map((name) => `teams: ${name} belongs to two teams`),
  ];
}

/** Faults of the level and of its chaos director. */
function events(level: LevelFile): string[] {
  const scheduled = level.faults.flatMap((fault, index) => {
    const place = `faults[${index}]`;
    const late = fault.at.untilMs > level.lasts ? [`${place}.at: it would come after the end of the match`] : [];
    return [...late, ...strangersOf(level, place, fault)];
  });
  const loosed = (level.chaos?.kinds ?? []).flatMap((fault, index) => {
    const place = `chaos.kinds[${index}]`;
    const unseen = faultOf(fault.kind).telegraph === undefined ? [`${place}.kind: ${fault.kind} can't announce itself`] : [];
    return [...unseen, ...strangersOf(level, place, fault)];
  });
  return [...scheduled, ...loosed];
}

/** Names in a fault's fields that the level does not have. */
function strangersOf(level: LevelFile, place: string, fault: { readonly kind: FaultKind }): string[] {
  const { nodes = [], zones = [], components: asked = [], kinds } = faultOf(fault.kind).names(fault);
  const known = kinds === undefined ? Object.keys(level.components) : named(level, ({ kind }) => kinds.includes(kind));
  return [
    ...nodes.flatMap((node) => unknownName(`${place}.node`, node, "node", Object.keys(level.nodes))),
    ...zones.flatMap((zone) => unknownName(place, zone, "zone", level.zones)),
    ...asked.flatMap((name) => unknownName(`${place}.component`, name, kinds?.join(" or ") ?? "component", known)),
  ];
}
