import { useEffect } from "preact/hooks";
import { Stars } from "../../marks/star.tsx";
import { curriculum } from "../curriculum.ts";
import { Dialog } from "../dialog.tsx";
import { wonOn } from "../stars.ts";

interface LevelChooserProps {
  readonly chosen: string;
  onChoose(level: string): void;
  onClose(): void;
}

/** All levels in a list, for the host to choose from. */
export function LevelChooser({ chosen, onChoose, onClose }: LevelChooserProps) {
  useEffect(() => curriculum.fetch(), []);
  const levels = curriculum.levels.value;
  return (
    <Dialog title="Choose a level" onClose={onClose}>
      {levels === null ? (
        <p role="status">
          {curriculum.trouble.value ?? (
            <>
              <span class="waiting" /> Unrolling the chart…
            </>
          )}
        </p>
      ) : (
        <ul class="level-choices">
          {levels.map((level) => (
            <li key={level.id}>
              <button
                type="button"
                class="button"
                aria-pressed={level.id === chosen}
                onClick={() => onChoose(level.id)}
              >
                <span>
                  <strong>{`${level.number}. ${level.title}`}</strong>
                  <small>{`${level.teaches.join(", ")} · ${level.operatorsMin} to ${level.operatorsMax} operators`}</small>
                </span>
                <Stars won={wonOn(level.id).stars} size={18} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
