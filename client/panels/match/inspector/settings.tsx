import { useSignal } from "@preact/signals";
import type { ComponentView, SettingView, View } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseComponent } from "../whoseCall.ts";
import { Choice } from "./choice.tsx";

interface SettingsProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

/** Everything that can be set on a component, each with what it does; only the first few are unfolded. */
export function Settings({ view, helm, component }: SettingsProps) {
  const call = whoseComponent(view, "set", component);
  if (call.kind === "absent" || component.settings.length === 0) return null;
  const theirs = call.kind === "theirs" ? call.words : null;
  return (
    <section class="settings" aria-label={`Settings of ${component.name}`}>
      <h3>Settings</h3>
      {theirs !== null && <p class="their-call">{theirs}</p>}
      {component.settings.map((setting) => (
        <SettingRow
          key={`${component.name} ${setting.name} ${setting.value}`}
          setting={setting}
          disabled={theirs !== null}
          onSet={(value) =>
            void helm.wish({ verb: "set", component: component.name, setting: setting.name, value }, `set ${component.name}`)
          }
        />
      ))}
      <Refusal helm={helm} control={`set ${component.name}`} />
    </section>
  );
}

interface RowProps {
  readonly setting: SettingView;
  readonly disabled: boolean;
  onSet(value: number): void;
}

function SettingRow({ setting, disabled, onSet }: RowProps) {
  const { name, about, unit, value, choices } = setting;
  const label = spoken(name).replace(/^./, (letter) => letter.toUpperCase());
  if (unit === "choice" || unit === "switch") {
    const words = unit === "switch" ? ["off", "on"] : choices.map(spoken);
    return (
      <div class="setting" title={about}>
        <Choice
          label={label}
          options={words.map((word, at) => ({ value: String(at), words: word }))}
          chosen={String(value)}
          theirs={disabled ? "" : null}
          onChoose={(chosen) => onSet(Number(chosen))}
        />
        <small>{about}</small>
      </div>
    );
  }
  return <NumberRow label={label} setting={setting} disabled={disabled} onSet={onSet} />;
}

/** A number is typed, or stepped by its arrows, and set when it is as wanted: shares are typed in percent. */
function NumberRow({ label, setting, disabled, onSet }: RowProps & { readonly label: string }) {
  const scale = setting.unit === "share" ? 100 : 1;
  const typed = useSignal(String(round(setting.value * scale)));
  const wanted = Number(typed.value) / scale;
  const isNumber = typed.value.trim() !== "" && Number.isFinite(wanted);
  const set = (): void => {
    if (isNumber && wanted !== setting.value) onSet(wanted);
  };
  return (
    <form
      class="setting"
      title={setting.about}
      onSubmit={(event) => {
        event.preventDefault();
        set();
      }}
    >
      <label>
        <span>{label}</span>
        <input
          class="field mono"
          type="number"
          inputMode="decimal"
          step="any"
          min={setting.min * scale}
          max={setting.max * scale}
          value={typed.value}
          disabled={disabled}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
        <span class="quiet">{UNITS[setting.unit]}</span>
      </label>
      <button type="submit" class="button" disabled={disabled || !isNumber || wanted === setting.value}>
        Set
      </button>
      <small>{setting.about}</small>
    </form>
  );
}

const UNITS: Readonly<Record<SettingView["unit"], string>> = {
  ms: "ms",
  count: "",
  share: "%",
  perSecond: "/s",
  switch: "",
  choice: "",
};

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
