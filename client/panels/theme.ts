import { effect, signal } from "@preact/signals";
import { recall, remember } from "./memory.ts";

/** Lamps on a dark sea, or the daylight chart for projectors and bright rooms. */
export type Theme = "night" | "day";

/** The theme of the page: from the address (`?theme=day`), else as it was left, else night. */
export const theme = signal<Theme>(startingTheme());

/** Turns night into day and back; the choice is remembered. */
export function turnTheme(): void {
  theme.value = theme.value === "night" ? "day" : "night";
  remember("theme", theme.value);
}

/** Puts the theme on the page, now and whenever it changes. */
export function wearTheme(): void {
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
    const bar = document.querySelector('meta[name="theme-color"]');
    bar?.setAttribute("content", theme.value === "night" ? "#0A2530" : "#EEF4EE");
  });
}

function startingTheme(): Theme {
  const asked = new URLSearchParams(window.location.search).get("theme");
  if (asked === "day" || asked === "night") {
    remember("theme", asked);
    return asked;
  }
  return recall("theme") === "day" ? "day" : "night";
}
