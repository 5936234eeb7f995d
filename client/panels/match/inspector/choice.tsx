interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly chosen: string;
  /** Whom to ask instead, when the choice is another role's. */
  readonly theirs: string | null;
  onChoose(value: string): void;
}

/** One of several settings; choosing is wishing, and what is shown is always what monitoring says. */
export function Choice({ label, options, chosen, theirs, onChoose }: ChoiceProps) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        class="field"
        value={chosen}
        disabled={theirs !== null}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {options.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {theirs !== null && <small>{theirs}</small>}
    </label>
  );
}
