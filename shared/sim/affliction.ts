/** Something that ails a lane or a machine, as far as causes of losses name it. */
export interface Sorrow {
  /** In words, for the ledger of losses: "crash of oak"; empty while it only announces itself. */
  readonly trouble: string;
}

/** Afflictions of one thing, kept by fault, so that the end of one is not the end of another. */
export class Afflictions<Affliction extends Sorrow> {
  readonly #byFault = new Map<number, Affliction>();

  get(fault: number): Affliction | undefined {
    return this.#byFault.get(fault);
  }

  all(): IterableIterator<Affliction> {
    return this.#byFault.values();
  }

  entries(): IterableIterator<[number, Affliction]> {
    return this.#byFault.entries();
  }

  set(fault: number, affliction: Affliction): void {
    this.#byFault.set(fault, affliction);
  }

  /** False when this fault did nothing here, or no longer does. */
  delete(fault: number): boolean {
    return this.#byFault.delete(fault);
  }

  /** Forgets those for which `lasts` is false. */
  keep(lasts: (affliction: Affliction) => boolean): void {
    for (const [fault, affliction] of this.#byFault) if (!lasts(affliction)) this.#byFault.delete(fault);
  }

  clear(): void {
    this.#byFault.clear();
  }
}
