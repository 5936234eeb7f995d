/** How long the worker may be deaf, ms: it hears what it is told between two slices of its work. */
const SLICE_MS = 30;
/** Time between two reports of progress, ms. */
const REPORT_MS = 100;

/** Work that can be interrupted wherever it yields; it yields what share of it is done, 0 to 1. */
export type Work<Result> = Generator<number, Result>;

/** How a piece of work is watched over. */
export interface Watch {
  /** Asked before each slice; once it says no, the work is dropped. */
  isWanted(): boolean;
  progress(share: number): void;
}

/** Does work slice by slice; null when it was dropped. */
export async function inSlices<Result>(work: Work<Result>, { isWanted, progress }: Watch): Promise<Result | null> {
  let reportedMs = -REPORT_MS;
  while (isWanted()) {
    const beginsMs = performance.now();
    let step = work.next();
    while (!step.done && performance.now() - beginsMs < SLICE_MS) step = work.next();
    if (step.done) return step.value;
    if (beginsMs - reportedMs >= REPORT_MS) {
      reportedMs = beginsMs;
      progress(step.value);
    }
    await breath();
  }
  return null;
}

/** Lets whatever was told to the worker meanwhile be heard. A message to oneself waits for it, and for no timer. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const heard = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener("message", heard, { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
