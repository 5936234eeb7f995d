import { useEffect } from "preact/hooks";
import { openHeld } from "./address.ts";

/** Opens a match file from this machine, chosen or dropped anywhere on the page. */
export function MatchFileDoor() {
  useEffect(() => {
    const carriesFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent): void => {
      if (carriesFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      openHeld(file);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return (
    <label class="button bare match-file-door">
      Open a match file
      <input
        type="file"
        class="spoken"
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file !== undefined) openHeld(file);
        }}
      />
    </label>
  );
}
