/** How often a quiet line is tried, and how long it may take to answer, ms. */
const TRIED_EVERY_MS = 4_000;
const ANSWERS_WITHIN_MS = 2_500;

/** What the lifeline watches: a line that can be pinged. */
export interface Line {
  ping(answered: () => void): void;
}

/**
 * Notices a dead line before the browser does: a phone that slept, a network that went. Calls `lost` once when the
 * browser says that it is offline, or when a ping is not answered in time. Answers how to stop watching.
 */
export function watchLine(line: Line, lost: () => void): () => void {
  let waiting = 0;
  const stop = (): void => {
    window.clearInterval(beat);
    window.clearTimeout(waiting);
    window.removeEventListener("offline", snap);
    document.removeEventListener("visibilitychange", onWake);
  };
  const snap = (): void => {
    stop();
    lost();
  };
  const tryLine = (): void => {
    if (document.hidden) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(snap, ANSWERS_WITHIN_MS);
    line.ping(() => window.clearTimeout(waiting));
  };
  const onWake = (): void => {
    window.clearTimeout(waiting);
    tryLine();
  };
  const beat = window.setInterval(tryLine, TRIED_EVERY_MS);
  window.addEventListener("offline", snap);
  document.addEventListener("visibilitychange", onWake);
  return stop;
}
