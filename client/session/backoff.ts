/** Waits between attempts to come back, in ms: at once, then ever longer, and no longer than a person notices. */
const WAITS_MS = [0, 200, 400, 800, 1_600] as const;

/** The wait before an attempt, counted from 0. */
export function waitBefore(attempt: number): number {
  return WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)]!;
}

/** Waits, but no longer than until the browser says that it has a network again. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = window.setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}
