import { type ReadonlySignal, signal } from "@preact/signals";
import type { Recording } from "../../rerun/asks.ts";

/** Which match is looked at again, and how. Two visits of the same match differ only in their view and moment. */
export interface Visit {
  /** Id of a match that the server keeps; null for one that lies in this page's memory. */
  readonly match: string | null;
  /** A match file from disk, or a match with a changed log: what the page shows without asking the server. */
  readonly held: File | Recording | null;
  /** The moment to begin at, ms; null for the first. */
  readonly atMs: number | null;
  readonly view: "replay" | "whatIf";
}

/** What this page keeps of its own accord, called `held-0` and so on in the address; a reload forgets it. */
const held: (File | Recording)[] = [];
const HELD = /^held-(\d+)$/;

const visiting = signal<Visit | null>(readAddress());
window.addEventListener("popstate", () => (visiting.value = readAddress()));

/** The visit that the address calls for, or null for the game itself. Follows the browser's own back and forth. */
export const visit: ReadonlySignal<Visit | null> = visiting;

/** Opens a match that the server keeps, over whatever the page shows. */
export function openMatch(match: string, how: { readonly atMs?: number; readonly view?: Visit["view"] } = {}): void {
  go({ match, held: null, atMs: how.atMs ?? null, view: how.view ?? "replay" });
}

/** Opens a match file from disk, or a match whose log was changed. */
export function openHeld(match: File | Recording, view: Visit["view"] = "replay"): void {
  if (!held.includes(match)) held.push(match);
  go({ match: null, held: match, atMs: null, view });
}

/** Looks at the same match in the other way. */
export function turnTo(view: Visit["view"]): void {
  if (visiting.value !== null && visiting.value.view !== view) go({ ...visiting.value, view, atMs: null });
}

/** Back to where the visit was opened from; for whoever came by a link, to the first screen. */
export function leaveVisit(): void {
  const depth = depthOf(window.history.state);
  if (depth > 0) {
    window.history.go(-depth);
    return;
  }
  const address = new URL(window.location.href);
  for (const name of ["replay", "at", "whatif"]) address.searchParams.delete(name);
  window.history.replaceState(null, "", address);
  visiting.value = null;
}

/** The address that shows a match at a moment to anybody. */
export function shareAddress(match: string, atMs: number): string {
  const address = new URL(window.location.origin);
  address.searchParams.set("replay", match);
  if (atMs >= 1_000) address.searchParams.set("at", String(Math.floor(atMs / 1_000)));
  return address.href;
}

function go(next: Visit): void {
  const address = new URL(window.location.href);
  address.searchParams.set("replay", next.match ?? `held-${held.indexOf(next.held!)}`);
  address.searchParams.delete("at");
  address.searchParams.delete("whatif");
  if (next.atMs !== null) address.searchParams.set("at", String(Math.floor(next.atMs / 1_000)));
  if (next.view === "whatIf") address.searchParams.set("whatif", "");
  window.history.pushState({ visits: depthOf(window.history.state) + 1 }, "", address);
  visiting.value = next;
}

/** How many visits were opened one over the other since the game itself was on the page. */
function depthOf(state: unknown): number {
  return (state as { visits?: number } | null)?.visits ?? 0;
}

function readAddress(): Visit | null {
  const asked = new URLSearchParams(window.location.search);
  const match = asked.get("replay");
  if (match === null) return null;
  const seconds = Number(asked.get("at") ?? Number.NaN);
  const place = HELD.exec(match)?.[1];
  return {
    match: place === undefined ? match : null,
    held: place === undefined ? null : (held[Number(place)] ?? null),
    atMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null,
    view: asked.has("whatif") ? "whatIf" : "replay",
  };
}
