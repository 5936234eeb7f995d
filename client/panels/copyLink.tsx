import { useSignal } from "@preact/signals";
import { Glyph } from "../marks/glyph.tsx";

/** Copies an address; a browser that won't let it be copied shows it, to be copied by hand. */
export function CopyLink({ address }: { address: string }) {
  const said = useSignal("Copy the link");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      said.value = "Copied";
    } catch {
      said.value = address;
    }
  };
  return (
    <button type="button" class="button copy-link" onClick={() => void copy()}>
      <Glyph name="link" size={20} /> <span aria-live="polite">{said.value}</span>
    </button>
  );
}
