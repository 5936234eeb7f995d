/**
 * How well the versions run that components were deployed in. All instances of a component have the same version.
 * Simplified: a new version arrives everywhere at once; nobody deploys to one instance first.
 */
export class Releases {
  /** Share of requests that a version answers with an error, by fault, by component. */
  readonly #failing = new Map<number, Map<number, number>>();

  /** A version of a component (by index) came with this fault: so large a share of its requests ends in an error. */
  deploy(component: number, fault: number, errorShare: number): void {
    const versions = this.#failing.get(component) ?? new Map<number, number>();
    this.#failing.set(component, versions.set(fault, errorShare));
  }

  /** What came with this fault is gone again; false when it was gone already. */
  withdraw(component: number, fault: number): boolean {
    return this.#failing.get(component)?.delete(fault) ?? false;
  }

  /** True while this fault's version of the component runs. */
  isDeployed(component: number, fault: number): boolean {
    return this.#failing.get(component)?.has(fault) ?? false;
  }

  /** Back to the version before all of these; how many were withdrawn. */
  rollBack(component: number): number {
    const versions = this.#failing.get(component);
    const count = versions?.size ?? 0;
    versions?.clear();
    return count;
  }

  /** Share of a component's requests that end in an error for this reason, 0 to 1. */
  errorShare(component: number): number {
    let spared = 1;
    for (const share of this.#failing.get(component)?.values() ?? []) spared *= 1 - share;
    return 1 - spared;
  }
}
