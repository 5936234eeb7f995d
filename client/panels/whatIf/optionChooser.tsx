import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { IntentOption } from "../../rerun/asks.ts";
import type { OperatorView } from "../../../shared/match/view.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { Dialog } from "../dialog.tsx";
import { counted, spoken } from "../figures.ts";

/** So many are listed at once; a search finds the others. */
const LISTED = 150;

interface OptionChooserProps {
  readonly title: string;
  readonly operators: readonly OperatorView[];
  /** Plays the match up to the moment, which takes a moment itself. */
  ask(): Promise<readonly IntentOption[] | { readonly sentence: string }>;
  onChoose(option: IntentOption): void;
  onClose(): void;
}

/** Everything that could be done at a moment, by verb and operator, with a search. */
export function OptionChooser({ title, operators, ask, onChoose, onClose }: OptionChooserProps) {
  const found = useSignal<readonly IntentOption[] | { readonly sentence: string } | null>(null);
  const query = useSignal("");
  useEffect(() => {
    let gone = false;
    void ask().then((options) => {
      if (!gone) found.value = options;
    });
    return () => (gone = true);
  }, []);
  const options = found.value;
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="option-chooser">
        <input
          class="field"
          type="search"
          autofocus
          placeholder="Search: fence, Oak, Ada …"
          aria-label="Search what could be done"
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
        />
        {options === null && (
          <p role="status">
            <span class="waiting" /> Playing the match up to that moment…
          </p>
        )}
        {options !== null && "sentence" in options && (
          <p class="complaint" role="alert">
            {options.sentence}
          </p>
        )}
        {options !== null && !("sentence" in options) && (
          <Options options={matching(options, query.value, operators)} operators={operators} onChoose={onChoose} />
        )}
      </div>
    </Dialog>
  );
}

function Options(props: Pick<OptionChooserProps, "operators" | "onChoose"> & { options: readonly IntentOption[] }) {
  const { options, operators, onChoose } = props;
  if (options.length === 0) return <p>Nothing of that kind could be done then.</p>;
  const listed = options.slice(0, LISTED);
  const verbs = [...new Set(listed.map(({ intent }) => intent.verb))];
  const more = options.length - listed.length;
  return (
    <div class="option-groups">
      {verbs.map((verb) => (
        <section key={verb} aria-label={spoken(verb)}>
          <h3>{spoken(verb)}</h3>
          <ul>
            {listed
              .filter(({ intent }) => intent.verb === verb)
              .toSorted((a, b) => a.operator - b.operator)
              .map((option) => (
                <li key={`${option.operator} ${option.text}`}>
                  <button type="button" class="option" onClick={() => onChoose(option)}>
                    <OperatorMark
                      name={operators[option.operator]?.name ?? "?"}
                      role={operators[option.operator]?.roles[0] ?? "lead"}
                      size={24}
                    />
                    <span>
                      <span class="spoken">{`${operators[option.operator]?.name} `}</span>
                      {arrowed(option.text)}
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {more > 0 && <p class="quiet">{`${counted(more, "more way")}: search to find them.`}</p>}
    </div>
  );
}

/** Those in which every word of the query comes up. */
function matching(options: readonly IntentOption[], query: string, operators: readonly OperatorView[]): IntentOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ operator, intent, text }) => {
    const said = `${operators[operator]?.name} ${spoken(intent.verb)} ${text}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
