import { protocols } from "../../../shared/protocols/registry.ts";
import { Match } from "../../../shared/match/match.ts";
import { drawFaults } from "./faults.ts";
import { drawGround } from "./ground.ts";
import { lotsOf } from "./lots.ts";
import { CREW } from "./crew.ts";
import { PRODUCTS, storeProduct } from "./products.ts";
import { levelOf, type Line, QUIET_MS, type Scenario, SETTLED_MS, type Sketch } from "./sketch.ts";
import { drawReplicas, type ProtocolName } from "./stores.ts";
import { drawWishes } from "./wishes.ts";

type ProductName = keyof typeof PRODUCTS;

/** What a run can be about: a store of each protocol, and every other product. */
export const SUBJECTS: readonly (ProtocolName | ProductName)[] = [
  ...(Object.keys(protocols) as ProtocolName[]),
  ...(Object.keys(PRODUCTS) as ProductName[]),
];

/** The scenario of a seed such as "raft-1-7": its first word says what it is about. */
export function drawScenario(seed: string): Scenario {
  const kind = seed.split("-")[0]!;
  const sketch = drawSketch(seed, kind);
  const scenario = { seed, kind, sketch, wishes: [] };
  const { cluster } = new Match(levelOf(scenario), seed, CREW);
  return { ...scenario, wishes: drawWishes(lotsOf(seed, "wishes"), cluster) };
}

function drawSketch(seed: string, kind: string): Sketch {
  const isProtocol = kind in protocols;
  const lots = lotsOf(seed, "ground");
  const ground = drawGround(lots, isProtocol ? drawReplicas(lots, kind as ProtocolName) : lots.whole(1, 4));
  const ofProduct = lotsOf(seed, "product");
  const product = isProtocol
    ? storeProduct(ofProduct, kind as ProtocolName, ground)
    : PRODUCTS[kind as ProductName](ofProduct, ground);
  const { zones, links, nodes } = ground;
  const components = { ...product.components, watch: { kind: "monitor", in: lots.oneOf(zones) } };
  const faults = drawFaults(lotsOf(seed, "faults"), { zones, nodes, components });
  const workload = [...product.workload.map(whileCrowded), ...product.workload.map(whenSettled)];
  return { zones, links, nodes, components, workload, contract: product.contract, faults };
}

/** A line of the crowd, which may well be more than the cluster can bear. */
function whileCrowded(line: Line): Line {
  return { ...line, ends: `${QUIET_MS}ms` };
}

/** The few who ask the same when all is over: a cluster that is well has time for them. */
function whenSettled(line: Line): Line {
  return { ...line, rate: "4/s", keys: "uniform", begins: `${SETTLED_MS}ms` };
}
