import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { compact } from "../compact.ts";
import { clockText, percentText } from "../figures.ts";
import type { Playback } from "./playback.ts";
import { type Account, ReplayMap } from "./replayMap.tsx";

interface ReplayMapsProps {
  readonly playback: Playback;
  readonly selected: Signal<string | null>;
}

const ACCOUNTS = {
  truth: { title: "Truth", was: "what was true at" },
  monitoring: { title: "Monitoring", was: "what operators saw at" },
} as const;

/** What was so beside what operators could know of it; on a phone one of the two, with a switch between them. */
export function ReplayMaps({ playback, selected }: ReplayMapsProps) {
  const chosen = useSignal<Account>("truth");
  const truth = useSignal<Account>("truth");
  const monitoring = useSignal<Account>("monitoring");
  if (compact.value) {
    return (
      <div class="replay-maps">
        <AccountSwitch chosen={chosen} />
        <MapPanel key="one" playback={playback} account={chosen} selected={selected} />
      </div>
    );
  }
  return (
    <div class="replay-maps">
      <MapPanel key="truth" playback={playback} account={truth} selected={selected} />
      <MapPanel key="monitoring" playback={playback} account={monitoring} selected={selected} />
    </div>
  );
}

function MapPanel({ playback, account, selected }: ReplayMapsProps & { account: ReadonlySignal<Account> }) {
  const { title } = ACCOUNTS[account.value];
  return (
    <section class="replay-panel panel" aria-label={title}>
      <AccountTitle playback={playback} account={account} />
      <ReplayMap playback={playback} account={account} selected={selected} />
    </section>
  );
}

/** Whose account this is, of which moment, and what it makes of availability and correctness. */
function AccountTitle({ playback, account }: { playback: Playback; account: ReadonlySignal<Account> }) {
  const { title, was } = ACCOUNTS[account.value];
  const second = useComputed(() => clockText(playback.frame.value?.atMs ?? 0));
  const gauges = useComputed(() => playback.frame.value?.[account.value].gauges ?? null);
  return (
    <header>
      <h2>{title}</h2>
      <p class="quiet">
        {was} <span class="mono">{second}</span>
      </p>
      {gauges.value !== null && (
        <p class="replay-shares mono">
          <b class="availability" aria-label="Availability">
            A
          </b>{" "}
          {percentText(gauges.value.availability)}{" "}
          <b class="correctness" aria-label="Correctness">
            C
          </b>{" "}
          {percentText(gauges.value.correctness)}
        </p>
      )}
    </header>
  );
}

function AccountSwitch({ chosen }: { chosen: Signal<Account> }) {
  return (
    <div class="account-switch" role="group" aria-label="Whose account">
      {(["truth", "monitoring"] as const).map((account) => (
        <button
          key={account}
          type="button"
          class="button"
          aria-pressed={chosen.value === account}
          onClick={() => (chosen.value = account)}
        >
          {ACCOUNTS[account].title}
        </button>
      ))}
    </div>
  );
}
