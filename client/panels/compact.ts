import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether a media query holds, kept up to date. */
function follows(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const holds = signal(list.matches);
  list.addEventListener("change", () => (holds.value = list.matches));
  return holds;
}

/** True on a phone: one column, tabs at the thumb. */
export const compact = follows("(max-width: 760px)");

/** True when the person asked for less motion. */
export const calmMotion = follows("(prefers-reduced-motion: reduce)");
