import type { z } from "zod";
import type { OperationKind } from "../core/operations.ts";
import type { Built, Site } from "./site.ts";

/** A name in a component's lines of a level file, and what it has to be the name of. */
export interface Reference {
  /** Where it stands: "on", "calls". */
  readonly field: string;
  readonly what: "node" | "zone" | "component";
  readonly name: string;
  /** Kinds of component that fit; by default any that answers requests. */
  readonly kinds?: readonly string[];
  /** What is asked there in the end, "any" for whatever comes; without it requests may only pass through. */
  readonly asks?: OperationKind | "any";
}

/** One figure that an instance tells monitoring. */
export interface GaugeCard {
  /** In a word or two, as operators read it: "hit ratio". */
  readonly name: string;
  /** What its number means; a state is an index into `states`. */
  readonly unit: "count" | "share" | "ms" | "perSecond" | "state";
  /** How the figures of several instances become one. */
  readonly combine: "sum" | "mean" | "max";
  readonly states?: readonly string[];
  /** Operators are paged while it is above this; by default it pages nobody. */
  readonly pagesAbove?: number;
}

/**
 * A kind of component that a level may place: its lines in a level file, what clients may ask of it, and how it is built.
 * What it refers to is built before it; two that refer to each other are a mistake in the level.
 */
export interface ComponentKind<Config extends { readonly kind: string }, Component extends Built> {
  readonly kind: Config["kind"];
  /** One sentence for the catalogue. */
  readonly about: string;
  /** Paper or book and section, where there is one. */
  readonly source?: string;
  /** Where it departs from the real thing, a sentence each. */
  readonly simplified?: readonly string[];
  readonly config: z.ZodObject & z.ZodType<Config>;
  /** Operations that it answers itself, as it is set; none for what only passes requests on. */
  takes(config: Config): readonly OperationKind[];
  references(config: Config): readonly Reference[];
  /** What the schema can't see, a sentence each that begins with the field: "dial: raft can't honour causal". */
  problems?(config: Config): readonly string[];
  /** What its instances tell monitoring, in the order of `Instance.gauges()`. */
  readonly gauges?: readonly GaugeCard[];
  /**
   * `edge`: clients ask it, and it offers `Built.entry`. `watching`: it sees all others and is built after them.
   * `beside`: no request goes to it, though others may refer to it.
   */
  readonly stands?: "edge" | "watching" | "beside";
  build(site: Site, index: number, name: string, config: Config): Component;
}

/** References of one field that holds names of one sort. */
export function refersTo(what: Reference["what"], field: string, names: readonly string[], kinds?: readonly string[]): Reference[] {
  return names.map((name) => (kinds === undefined ? { field, what, name } : { field, what, name, kinds }));
}
