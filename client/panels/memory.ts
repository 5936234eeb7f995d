/** What this browser remembers for its person, by name. Private windows may remember nothing, which is fine. */
export type Remembered = "theme" | "name" | "stars" | "coach";

/** Writes something down for later visits. */
export function remember(what: Remembered, text: string): void {
  try {
    window.localStorage.setItem(`split-brain ${what}`, text);
  } catch {
    // A browser that refuses to keep things is the person's choice.
  }
}

/** What was written down, or null. */
export function recall(what: Remembered): string | null {
  try {
    return window.localStorage.getItem(`split-brain ${what}`);
  } catch {
    return null;
  }
}
