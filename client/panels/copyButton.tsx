import { useSignal } from "@preact/signals";
import { Glyph } from "../marks/glyph.tsx";

interface CopyButtonProps {
  /** What it says before it was pressed, such as "Copy the link". */
  readonly label: string;
  readonly text: string;
}

/** Copies a text; a browser that won't let it be copied shows it, to be copied by hand. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const said = useSignal(label);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "Copied";
    } catch {
      said.value = text;
    }
  };
  return (
    <button type="button" class="button copy-button" onClick={() => void copy()}>
      <Glyph name="link" size={20} /> <span aria-live="polite">{said.value}</span>
    </button>
  );
}
