/**
 * How well the versions run that components were deployed in. All instances of a component have the same version.
 * Simplified: a new version arrives everywhere at once; nobody deploys to one instance first.
 */
export class Releases {
  /** Share of requests that a version answers with an error, by fault, by component. */
  readonly #failing = new Map<number, Map<number, number>>();
  /** Faults whose version an operator has rolled back, by component. */
  readonly #rolledBack = new Map<number, Set<number>>();

  /**
   * A version of a component (by index) came with this fault: so large a share of its requests ends in an error. Once
   * rolled back it does not come again.
   */
  deploy(component: number, fault: number, errorShare: number): void {
    if (this.#rolledBack.get(component)?.has(fault) === true) return;
    const versions = this.#failing.get(component) ?? new Map<number, number>();
    this.#failing.set(component, versions.set(fault, errorShare));
  }

  /** What came with this fault was replaced by something better. */
  withdraw(component: number, fault: number): void {
    this.#failing.get(component)?.delete(fault);
    this.#rolledBack.get(component)?.delete(fault);
  }

  /** True while this fault's version of the component runs. */
  isDeployed(component: number, fault: number): boolean {
    return this.#failing.get(component)?.has(fault) ?? false;
  }

  /** Back to the version before all of these. */
  rollBack(component: number): void {
    const versions = this.#failing.get(component);
    if (versions === undefined) return;
    this.#rolledBack.set(component, new Set([...(this.#rolledBack.get(component) ?? []), ...versions.keys()]));
    versions.clear();
  }

  /** Share of a component's requests that end in an error for this reason, 0 to 1. */
  errorShare(component: number): number {
    let spared = 1;
    for (const share of this.#failing.get(component)?.values() ?? []) spared *= 1 - share;
    return 1 - spared;
  }
}
