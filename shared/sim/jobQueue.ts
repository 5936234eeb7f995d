/** Places taken from the front before the rest is moved up. */
const COMPACT_AT = 1_000;

/** Jobs that wait for a worker, first in, first out; taking one moves a mark, not the rest. */
export class JobQueue<Job> {
  #jobs: Job[] = [];
  #head = 0;
  /** The longest that it has been. */
  lengthMax = 0;

  get length(): number {
    return this.#jobs.length - this.#head;
  }

  add(job: Job): void {
    this.#jobs.push(job);
    this.lengthMax = Math.max(this.lengthMax, this.length);
  }

  /** Takes the one that has waited longest; undefined when none waits. */
  take(): Job | undefined {
    if (this.length === 0) return undefined;
    const job = this.#jobs[this.#head++];
    if (this.#head > COMPACT_AT && this.#head * 2 > this.#jobs.length) {
      this.#jobs = this.#jobs.slice(this.#head);
      this.#head = 0;
    }
    return job;
  }

  clear(): void {
    this.#jobs = [];
    this.#head = 0;
  }
}
