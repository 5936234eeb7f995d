import { componentsOf } from "./components.ts";
import type { DependencyGraph, Edge } from "./dependencies.ts";
import type { Walk } from "./walks.ts";

const KINDS = 5;
/** From how many places of a component the shortest way back is sought, and along how many dependencies in all. */
const ORIGINS_MAX = 64;
const VISITS_MAX = 4_000_000;

/** For each component with a cycle: the shortest one found in it. */
export function cyclesOf(graph: DependencyGraph, walk: Walk): Edge[][] {
  const { of, cyclic } = componentsOf(graph, walk);
  const search = new WaySearch(graph, walk);
  return cyclic.flatMap((places) => {
    const component = of[places[0]!];
    const inside = (place: number) => of[place] === component;
    let best: Edge[] | undefined;
    for (const [count, place] of places.entries()) {
      if (best !== undefined && (count >= ORIGINS_MAX || search.visits > VISITS_MAX)) break;
      const way = search.shortest(place, place, inside);
      if (way !== undefined && (best === undefined || way.length < best.length)) best = way;
    }
    return best === undefined ? [] : [best];
  });
}

/** Breadth-first search along the ways that a walk allows. */
export class WaySearch {
  readonly #graph: DependencyGraph;
  readonly #walk: Walk;
  readonly #arrivedBy: Int32Array;
  readonly #cameFrom: Int32Array;
  readonly #round: Int32Array;
  readonly #queue: Int32Array;
  #rounds = 0;
  /** How many dependencies were looked at so far. */
  visits = 0;

  constructor(graph: DependencyGraph, walk: Walk) {
    const places = graph.nodes * walk.states;
    this.#graph = graph;
    this.#walk = walk;
    this.#arrivedBy = new Int32Array(places);
    this.#cameFrom = new Int32Array(places);
    this.#round = new Int32Array(places);
    this.#queue = new Int32Array(places);
  }

  /** The shortest way from one place to another along at least one dependency, over places that are `inside`. */
  shortest(from: number, to: number, inside: (place: number) => boolean): Edge[] | undefined {
    const { states, next } = this.#walk;
    const round = ++this.#rounds;
    let last = 0;
    this.#queue[last++] = from;
    for (let first = 0; first < last; first++) {
      const place = this.#queue[first]!;
      const node = (place / states) | 0;
      const end = this.#graph.firstOf(node + 1);
      for (let at = this.#graph.firstOf(node); at < end; at++) {
        this.visits++;
        const edge = this.#graph.edgeAt(at);
        const state = next[(place % states) * KINDS + this.#graph.kind(edge)]!;
        if (state < 0) continue;
        const target = this.#graph.to(edge) * states + state;
        if (this.#round[target] === round || !inside(target)) continue;
        this.#round[target] = round;
        this.#arrivedBy[target] = edge;
        this.#cameFrom[target] = place;
        if (target === to) return this.#wayTo(to, from);
        this.#queue[last++] = target;
      }
    }
    return undefined;
  }

  #wayTo(to: number, from: number): Edge[] {
    const way: Edge[] = [];
    let place = to;
    do {
      way.push(this.#graph.edge(this.#arrivedBy[place]!));
      place = this.#cameFrom[place]!;
    } while (place !== from);
    return way.reverse();
  }
}

/**
 * A cycle with a single anti-dependency whose other dependencies all belong to a walk of one state, if there is one.
 * Such a cycle lies inside a component of all dependencies, so that is where the way back is sought.
 */
export function singleCycle(
  graph: DependencyGraph,
  walk: Walk,
  all: Walk,
  expired: () => boolean,
): Edge[] | "unknown" | undefined {
  const { of } = componentsOf(graph, all);
  const search = new WaySearch(graph, walk);
  for (let node = 0; node < graph.nodes; node++) {
    const inside = (place: number) => of[place] === of[node];
    for (let at = graph.firstOf(node); at < graph.firstOf(node + 1); at++) {
      const edge = graph.edge(graph.edgeAt(at));
      if (edge.why !== "rw" || !inside(edge.to)) continue;
      if (expired()) return "unknown";
      const back = search.shortest(edge.to, edge.from, inside);
      if (back !== undefined) return [edge, ...back];
    }
  }
  return undefined;
}
