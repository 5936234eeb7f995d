import { protocols } from "../../../shared/protocols/registry.ts";
import { Match } from "../../../shared/match/match.ts";
import { drawFaults } from "./faults.ts";
import { drawGround } from "./ground.ts";
import { lotsOf } from "./lots.ts";
import { CREW } from "./crew.ts";
import { PRODUCTS, storeProduct } from "./products.ts";
import { levelOf, type Scenario, type Sketch } from "./sketch.ts";
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
  return { zones, links, nodes, components, workload: product.workload, contract: product.contract, faults };
}
