import type { Ms } from "../core/time.ts";
import type { Intent, VerbName } from "./intent.ts";
import type { JobView } from "./view.ts";

/** Work of an operator that is under way and takes effect when it is done. */
export interface Job extends JobView {
  readonly verb: VerbName;
  readonly intent: Intent;
}

/** Jobs under way, by when they end; those of one moment in the order in which they began. */
export class Jobs {
  #open: Job[] = [];

  add(job: Job): void {
    this.#open.push(job);
  }

  get open(): readonly Job[] {
    return this.#open;
  }

  isBusy(verb: VerbName, at: string): boolean {
    return this.#open.some((job) => job.verb === verb && job.at === at);
  }

  count(verb: VerbName): number {
    return this.#open.filter((job) => job.verb === verb).length;
  }

  /** Takes out what is done by now. */
  done(clockMs: Ms): Job[] {
    const finished = this.#open.filter(({ untilMs }) => untilMs <= clockMs);
    if (finished.length > 0) this.#open = this.#open.filter(({ untilMs }) => untilMs > clockMs);
    return finished;
  }
}
