import type { DependencyGraph } from "./dependencies.ts";
import type { Walk } from "./walks.ts";

/** Number of kinds of dependencies. */
const KINDS = 5;

/** Where a way stands: a node and a state of the walk, as one number. */
export interface Components {
  /** For each place (node × states + state): the number of its strongly connected component. */
  readonly of: Int32Array;
  /** The places of each component that has a cycle. */
  readonly cyclic: readonly Int32Array[];
}

/**
 * The strongly connected components of the ways that a walk allows along a graph. Every cycle lies inside one.
 * Source: Tarjan 1972, with a stack of its own in place of the call stack, since histories are longer than that.
 */
export function componentsOf(graph: DependencyGraph, { states, next }: Walk): Components {
  const places = graph.nodes * states;
  const of = new Int32Array(places).fill(-1);
  const index = new Int32Array(places).fill(-1);
  const low = new Int32Array(places);
  const pending = new Int32Array(places);
  const path = new Int32Array(places);
  const edgeOf = new Int32Array(places);
  const cyclic: Int32Array[] = [];
  let visited = 0;
  let waiting = 0;
  let components = 0;

  const enter = (place: number, depth: number): void => {
    index[place] = low[place] = visited++;
    pending[waiting++] = place;
    path[depth] = place;
    edgeOf[depth] = graph.firstOf((place / states) | 0);
  };

  for (let root = 0; root < places; root++) {
    if (index[root] !== -1) continue;
    enter(root, 0);
    for (let depth = 0; depth >= 0;) {
      const place = path[depth]!;
      const node = (place / states) | 0;
      if (edgeOf[depth]! < graph.firstOf(node + 1)) {
        const edge = graph.edgeAt(edgeOf[depth]!++);
        const state = next[(place % states) * KINDS + graph.kind(edge)]!;
        if (state < 0) continue;
        const target = graph.to(edge) * states + state;
        if (index[target] === -1) enter(target, ++depth);
        else if (of[target] === -1 && index[target]! < low[place]!) low[place] = index[target]!;
        continue;
      }
      if (low[place] === index[place]) {
        const before = waiting;
        do of[pending[--waiting]!] = components;
        while (pending[waiting] !== place);
        if (before - waiting > 1) cyclic.push(pending.slice(waiting, before));
        components++;
      }
      depth--;
      if (depth >= 0 && low[place]! < low[path[depth]!]!) low[path[depth]!] = low[place]!;
    }
  }
  return { of, cyclic };
}
