import { Glyph } from "../marks/glyph.tsx";
import { theme, turnTheme } from "./theme.ts";

/** Turns night into day and back. */
export function ThemeButton() {
  const next = theme.value === "night" ? "day" : "night";
  return (
    <button type="button" class="button theme-button" aria-label={`Switch to the ${next} theme`} onClick={turnTheme}>
      <Glyph name={next === "day" ? "sun" : "moon"} size={20} />
    </button>
  );
}
