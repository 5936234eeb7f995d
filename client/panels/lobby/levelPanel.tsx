import { useSignal } from "@preact/signals";
import "../../styles/levelFacts.css";
import type { CrewState } from "../../../shared/wire/room.ts";
import type { Ask } from "../ask.ts";
import { clockText, moneyText } from "../figures.ts";
import { LevelChooser } from "./levelChooser.tsx";

interface LevelPanelProps {
  readonly crew: CrewState;
  readonly host: boolean;
  readonly ask: Ask;
  readonly complaint: string;
}

/** The level that will be played, and the buttons that get it going. */
export function LevelPanel({ crew, host, ask, complaint }: LevelPanelProps) {
  const choosing = useSignal(false);
  const { level } = crew;
  return (
    <section class="level-panel panel" aria-labelledby="level-title">
      <header>
        <p class="quiet">{`Level ${level.number} · ${level.teaches.join(", ")}`}</p>
        {host && (
          <button type="button" class="link" onClick={() => (choosing.value = true)}>
            Change
          </button>
        )}
      </header>
      <h2 class="title" id="level-title">
        {level.title}
      </h2>
      <p class="briefing">{level.briefing.trim()}</p>
      <dl class="facts">
        <dt>Length</dt>
        <dd class="mono">{clockText(level.lastsMs)}</dd>
        <dt>Budget</dt>
        <dd class="mono">{moneyText(level.budget)}</dd>
      </dl>
      <ul class="promises" aria-label="What clients were promised">
        {level.promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ul>
      <p class="complaint" role="alert">
        {complaint}
      </p>
      <Begin crew={crew} host={host} ask={ask} />
      {choosing.value && (
        <LevelChooser
          chosen={level.id}
          onChoose={(id) => {
            choosing.value = false;
            void ask("chooseLevel", { level: id });
          }}
          onClose={() => (choosing.value = false)}
        />
      )}
    </section>
  );
}

/** Ready for everybody, start for the host; the host is ready by starting. */
function Begin({ crew, host, ask }: { crew: CrewState; host: boolean; ask: Ask }) {
  const me = crew.seats[crew.you];
  const waitingFor = crew.seats.filter((seat) => !seat.ready && !seat.host && seat.connected).map((seat) => seat.name);
  const ready = me?.ready ?? false;
  if (!host) {
    return (
      <div class="begin">
        <button
          type="button"
          class={ready ? "button" : "button primary"}
          aria-pressed={ready}
          onClick={() => void ask("ready", { ready: !ready })}
        >
          {ready ? "Not ready after all" : "I am ready"}
        </button>
        {ready && <p class="quiet">The host starts the match.</p>}
      </div>
    );
  }
  return (
    <div class="begin">
      <button type="button" class="button primary start" onClick={() => void ask("start", {})}>
        <span>Start</span>
        <small>{waitingFor.length === 0 ? "everybody is ready" : `${waitingFor.join(", ")} not ready`}</small>
      </button>
    </div>
  );
}
