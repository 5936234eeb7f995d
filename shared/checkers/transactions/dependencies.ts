/**
 * Why one transaction comes before another: it wrote the version before (`ww`), it wrote what the other read (`wr`), it
 * read the version before the one that the other wrote (`rw`), it came before in its process, or it ended before the
 * other began.
 * Source: Adya 1999, section 4.1.2; process and realtime: Kingsbury & Alvaro 2020, section 5.
 */
export const DEPENDENCIES = ["ww", "wr", "rw", "process", "realtime"] as const;

/** Name of a dependency. */
export type Dependency = (typeof DEPENDENCIES)[number];

/** A dependency between two nodes; `about` is the number of the key, −1 where it is about none. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly why: Dependency;
  readonly about: number;
}

/** Dependencies between transactions that are numbered from 0, in columns of typed arrays. */
export class DependencyGraph {
  readonly nodes: number;
  #edges = 0;
  #from = new Int32Array(1024);
  #to = new Int32Array(1024);
  #kind = new Uint8Array(1024);
  #about = new Int32Array(1024);
  /** Edges in the order of their beginnings, and where those of each node begin; built when first asked for. */
  #sorted: Int32Array | undefined;
  #firstOf = new Int32Array(0);

  constructor(nodes: number) {
    this.nodes = nodes;
  }

  get edges(): number {
    return this.#edges;
  }

  /** Adds a dependency; of a node on itself there is none. */
  add(from: number, to: number, why: Dependency, about = -1): void {
    if (from === to) return;
    const edge = this.#edges++;
    if (edge === this.#from.length) this.#grow();
    this.#from[edge] = from;
    this.#to[edge] = to;
    this.#kind[edge] = DEPENDENCIES.indexOf(why);
    this.#about[edge] = about;
    this.#sorted = undefined;
  }

  /** Where the edges of a node begin in the order of beginnings; those of the last node end where node `nodes` begins. */
  firstOf(node: number): number {
    if (this.#sorted === undefined) this.#sort();
    return this.#firstOf[node]!;
  }

  /** The edge at a place in the order of beginnings. */
  edgeAt(place: number): number {
    return this.#sorted![place]!;
  }

  to(edge: number): number {
    return this.#to[edge]!;
  }

  /** Number of the edge's kind in `DEPENDENCIES`. */
  kind(edge: number): number {
    return this.#kind[edge]!;
  }

  edge(edge: number): Edge {
    const why = DEPENDENCIES[this.#kind[edge]!]!;
    return { from: this.#from[edge]!, to: this.#to[edge]!, why, about: this.#about[edge]! };
  }

  /** Sorts by counting how many edges begin at each node. */
  #sort(): void {
    const firstOf = new Int32Array(this.nodes + 2);
    for (let edge = 0; edge < this.#edges; edge++) firstOf[this.#from[edge]! + 2]!++;
    for (let node = 2; node < firstOf.length; node++) firstOf[node]! += firstOf[node - 1]!;
    this.#sorted = new Int32Array(this.#edges);
    for (let edge = 0; edge < this.#edges; edge++) this.#sorted[firstOf[this.#from[edge]! + 1]!++] = edge;
    this.#firstOf = firstOf;
  }

  #grow(): void {
    const capacity = this.#from.length * 2;
    const grown = (column: Int32Array<ArrayBuffer>) => {
      const larger = new Int32Array(capacity);
      larger.set(column);
      return larger;
    };
    this.#from = grown(this.#from);
    this.#to = grown(this.#to);
    this.#about = grown(this.#about);
    const kind = new Uint8Array(capacity);
    kind.set(this.#kind);
    this.#kind = kind;
  }
}
