import { protocols } from "../protocols/registry.ts";
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

function components(level: LevelFile): string[] {
  const nodes = Object.keys(level.nodes);
  const askable = Object.entries(level.components).flatMap(([name, { kind }]) =>
    kind === "store" || kind === "service" ? [name] : [],
  );
  const isWatched = Object.values(level.components).some(({ kind }) => kind === "monitor");
  if (!isWatched) return ["components: operators need a monitor to see by, and there is none"];
  return Object.entries(level.components).flatMap(([name, component]) => {
    const place = `components.${name}`;
    switch (component.kind) {
      case "balancer":
        return [
          ...component.in.flatMap((zone) => unknownName(`${place}.in`, zone, "zone", level.zones)),
          ...component.to.flatMap((to) => unknownName(`${place}.to`, to, "store or service", askable)),
        ];
      case "monitor":
        return unknownName(`${place}.in`, component.in, "zone", level.zones);
      case "service":
        return [
          ...component.on.flatMap((node) => unknownName(`${place}.on`, node, "node", nodes)),
          ...component.calls.flatMap((to) => unknownName(`${place}.calls`, to, "store", stores(level))),
        ];
      case "store": {
        const honoured = protocols[component.protocol].stops as readonly string[];
        const beyond = component.dial.filter((stop) => !honoured.includes(stop));
        return [
          ...component.on.flatMap((node) => unknownName(`${place}.on`, node, "node", nodes)),
          ...(component.primary === undefined
            ? []
            : unknownName(`${place}.primary`, component.primary, "node", component.on)),
          ...beyond.map(
            (stop) => `${place}.dial: ${component.protocol} can't honour ${stop}, only ${honoured.join(", ")}`,
          ),
          ...(component.starts === undefined
            ? []
            : unknownName(`${place}.starts`, component.starts, "stop on the dial", component.dial)),
        ];
      }
    }
  });
}

function stores(level: LevelFile): string[] {
  return Object.entries(level.components).flatMap(([name, { kind }]) => (kind === "store" ? [name] : []));
}

function workload(level: LevelFile): string[] {
  const balancers = Object.entries(level.components).flatMap(([name, { kind }]) => (kind === "balancer" ? [name] : []));
  if (balancers.length === 0) return ["components: clients need a balancer to ask, and there is none"];
  return level.workload.flatMap((line, index) => [
    ...line.from.flatMap((zone) => unknownName(`workload[${index}].from`, zone, "zone", level.zones)),
    ...unknownName(`workload[${index}].to`, line.to, "store", stores(level)),
    ...(line.via === undefined ? [] : unknownName(`workload[${index}].via`, line.via, "balancer", balancers)),
    ...(level.contract[line.to] === undefined
      ? [`contract: ${line.to} is asked by workload[${index}] but nothing is promised for it`]
      : []),
  ]);
}

function promises(level: LevelFile): string[] {
  return Object.keys(level.contract).flatMap((name) => unknownName(`contract.${name}`, name, "store", stores(level)));
}

function events(level: LevelFile): string[] {
  const nodes = Object.keys(level.nodes);
  return level.faults.flatMap((fault, index) => {
    const place = `faults[${index}]`;
    const late = fault.at.untilMs > level.lasts ? [`${place}.at: it would come after the end of the match`] : [];
    if ("node" in fault) return [...late, ...unknownName(`${place}.node`, fault.node, "node", nodes)];
    const zones =
      "sides" in fault
        ? fault.sides.flat()
        : "between" in fault
          ? fault.between
          : fault.zone === undefined
            ? []
            : [fault.zone];
    return [...late, ...zones.flatMap((zone) => unknownName(place, zone, "zone", level.zones))];
  });
}
