import { componentsOf } from "./components.ts";
import type { DependencyGraph } from "./dependencies.ts";
import type { Walk } from "./walks.ts";

const KINDS = 5;

/**
 * Which node leads to which along the ways of a walk, as rows of bits: 32 nodes a word. Only for graphs in which no such
 * way comes back.
 */
export class Reach {
  readonly #words: number;
  readonly #rows: Int32Array;
  readonly #states: number;

  constructor(graph: DependencyGraph, walk: Walk) {
    const { states, start, next } = walk;
    this.#words = (graph.nodes + 31) >> 5;
    this.#states = states;
    this.#rows = new Int32Array(graph.nodes * states * this.#words);
    const { of } = componentsOf(graph, walk);
    const order = Int32Array.from(of.keys()).sort((a, b) => of[b]! - of[a]!); // components are numbered from the last on
    for (const place of order) {
      const node = (place / states) | 0;
      const state = place % states;
      for (let at = graph.firstOf(node); at < graph.firstOf(node + 1); at++) {
        const edge = graph.edgeAt(at);
        const kind = graph.kind(edge);
        const begun = next[start * KINDS + kind]!;
        if (begun >= 0) this.#set(graph.to(edge) * states + begun, node);
        const after = next[state * KINDS + kind]!;
        if (after >= 0) this.#include(graph.to(edge) * states + after, place);
      }
    }
  }

  /** True when a way leads from one node to another and ends there in a state; in any state when none is named. */
  has(from: number, to: number, state?: number): boolean {
    for (let one = state ?? 0; one <= (state ?? this.#states - 1); one++) {
      const word = this.#rows[(to * this.#states + one) * this.#words + (from >> 5)]!;
      if ((word & (1 << (from & 31))) !== 0) return true;
    }
    return false;
  }

  #set(place: number, node: number): void {
    this.#rows[place * this.#words + (node >> 5)]! |= 1 << (node & 31);
  }

  #include(place: number, other: number): void {
    const from = other * this.#words;
    const to = place * this.#words;
    for (let word = 0; word < this.#words; word++) this.#rows[to + word]! |= this.#rows[from + word]!;
  }
}
