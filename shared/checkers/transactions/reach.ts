import { componentsOf } from "./components.ts";
import type { DependencyGraph } from "./dependencies.ts";
import type { Walk } from "./walks.ts";

const KINDS = 5;

/** No more words of rows are held at once: 32 MB. */
const WORDS_MAX = 1 << 23;

/**
 * Which node of a block leads to which other along the ways of a walk, as rows of bits: 32 nodes a word. Only for graphs
 * in which no such way comes back. A small graph is one block; a large one takes several, one after the other.
 */
export class Reach {
  readonly #words: number;
  readonly #rows: Int32Array;
  readonly #states: number;
  readonly #first: number;
  readonly #end: number;

  /** The block begins at the node `first`. */
  constructor(graph: DependencyGraph, walk: Walk, first = 0, order = topologicalOrder(graph, walk)) {
    const { states, start, next } = walk;
    const wordsMax = Math.max(1, Math.floor(WORDS_MAX / (graph.nodes * states)));
    this.#words = Math.min((graph.nodes - first + 31) >> 5, wordsMax);
    this.#states = states;
    this.#first = first;
    this.#end = Math.min(graph.nodes, first + 32 * this.#words);
    this.#rows = new Int32Array(graph.nodes * states * this.#words);
    for (const place of order) {
      const node = (place / states) | 0;
      const state = place % states;
      for (let at = graph.firstOf(node); at < graph.firstOf(node + 1); at++) {
        const edge = graph.edgeAt(at);
        const kind = graph.kind(edge);
        const begun = next[start * KINDS + kind]!;
        if (begun >= 0 && this.holds(node)) this.#set(graph.to(edge) * states + begun, node);
        const after = next[state * KINDS + kind]!;
        if (after >= 0) this.#include(graph.to(edge) * states + after, place);
      }
    }
  }

  /** Where the next block begins; as many as there are nodes when this is the last. */
  get end(): number {
    return this.#end;
  }

  /** True when a node is in the block, so that it is known where its ways lead. */
  holds(node: number): boolean {
    return node >= this.#first && node < this.#end;
  }

  /** True when a way leads from one node of the block to another and ends there in a state; in any state when none is named. */
  has(from: number, to: number, state?: number): boolean {
    for (let one = state ?? 0; one <= (state ?? this.#states - 1); one++) {
      const bit = from - this.#first;
      const word = this.#rows[(to * this.#states + one) * this.#words + (bit >> 5)]!;
      if ((word & (1 << (bit & 31))) !== 0) return true;
    }
    return false;
  }

  #set(place: number, node: number): void {
    const bit = node - this.#first;
    this.#rows[place * this.#words + (bit >> 5)]! |= 1 << (bit & 31);
  }

  #include(place: number, other: number): void {
    const from = other * this.#words;
    const to = place * this.#words;
    for (let word = 0; word < this.#words; word++) this.#rows[to + word]! |= this.#rows[from + word]!;
  }
}

/** The places of a graph in which no way of a walk comes back, each before those that it leads to. */
export function topologicalOrder(graph: DependencyGraph, walk: Walk): Int32Array {
  const { of } = componentsOf(graph, walk);
  const order = new Int32Array(of.length);
  for (const [place, component] of of.entries()) order[of.length - 1 - component] = place; // numbered from the last on
  return order;
}

/** How many words it takes to find out where the ways of a walk lead from all nodes. */
export function reachWork(graph: DependencyGraph, { states }: Walk): number {
  return graph.edges * states * ((graph.nodes + 31) >> 5);
}
