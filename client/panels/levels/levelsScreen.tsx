import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import "../../styles/levels.css";
import type { LevelCard } from "../../../shared/match/view.ts";
import { Star } from "../../marks/star.tsx";
import { curriculum } from "../curriculum.ts";
import { wonOn } from "../stars.ts";
import { ThemeButton } from "../themeButton.tsx";
import { LevelDetail } from "./levelCard.tsx";
import { SeaChart } from "./seaChart.tsx";

interface LevelsScreenProps {
  /** Level to begin with; without one, the first that lacks a star. */
  readonly chosen: string | null;
  readonly busy: boolean;
  readonly complaint: string | null;
  onPlay(level: string): void;
  /** Makes a room for others; absent where the room exists already. */
  readonly onHost?: ((level: string) => void) | undefined;
  onBack(): void;
}

/** The campaign: choose a level, read what it asks for, play it. */
export function LevelsScreen(props: LevelsScreenProps) {
  useEffect(() => curriculum.fetch(), []);
  const levels = curriculum.levels.value;
  return (
    <main class="levels chart-border">
      <header>
        <button type="button" class="button bare" onClick={props.onBack}>
          Back
        </button>
        <h1>Sea chart</h1>
        {levels !== null && <StarCount levels={levels} />}
        <ThemeButton />
      </header>
      {levels === null ? <Unread /> : <Chosen {...props} levels={levels} />}
    </main>
  );
}

function Chosen({
  levels,
  chosen,
  busy,
  complaint,
  onPlay,
  onHost,
}: LevelsScreenProps & { levels: readonly LevelCard[] }) {
  const pick = useSignal(chosen ?? nextLevel(levels)?.id ?? "");
  const level = useComputed(() => levels.find(({ id }) => id === pick.value) ?? levels[0]).value;
  if (level === undefined) return <p class="between">This server has no levels.</p>;
  return (
    <>
      <SeaChart levels={levels} chosen={level.id} onChoose={(id) => (pick.value = id)} />
      <LevelDetail level={level}>
        <p class="complaint" role="alert">
          {complaint}
        </p>
        <button type="button" class="button primary" disabled={busy} onClick={() => onPlay(level.id)}>
          {busy && <span class="waiting" />} Play alone
        </button>
        {onHost !== undefined && (
          <button type="button" class="button" disabled={busy} onClick={() => onHost(level.id)}>
            Host a room
          </button>
        )}
      </LevelDetail>
    </>
  );
}

function Unread() {
  const trouble = curriculum.trouble.value;
  if (trouble === null) {
    return (
      <p class="between" role="status">
        <span class="waiting" /> Unrolling the chart…
      </p>
    );
  }
  return (
    <div class="between">
      <p class="complaint" role="alert">
        {trouble}
      </p>
      <button type="button" class="button" onClick={() => curriculum.fetch()}>
        Try again
      </button>
    </div>
  );
}

function StarCount({ levels }: { levels: readonly LevelCard[] }) {
  const won = levels.reduce((sum, { id }) => sum + wonOn(id).stars.filter(Boolean).length, 0);
  return (
    <p class="star-count">
      <Star won size={26} /> <strong class="mono">{won}</strong> of {levels.length * 3} stars
    </p>
  );
}

/** The first level that lacks a star. */
function nextLevel(levels: readonly LevelCard[]): LevelCard | undefined {
  return levels.find(({ id }) => wonOn(id).stars.some((star) => !star)) ?? levels[0];
}
