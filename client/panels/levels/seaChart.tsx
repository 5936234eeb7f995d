import { Compass } from "../../marks/compass.tsx";
import { Island } from "../../marks/island.tsx";
import { Lighthouse } from "../../marks/lighthouse.tsx";
import { Stars } from "../../marks/star.tsx";
import type { LevelCard } from "../../../shared/match/view.ts";
import { counted } from "../figures.ts";
import { wonOn } from "../stars.ts";
import { CHART, type ChartedChapter, chartOf } from "./islands.ts";

interface SeaChartProps {
  readonly levels: readonly LevelCard[];
  readonly chosen: string;
  onChoose(level: string): void;
}

/** The campaign as a sea chart: chapters are islands, levels are lighthouses. On a phone, the same list without the sea. */
export function SeaChart({ levels, chosen, onChoose }: SeaChartProps) {
  const chapters = chartOf(levels);
  return (
    <div class="sea-chart">
      <svg viewBox={`0 0 ${CHART.width} ${CHART.height}`} aria-hidden="true">
        <Routes chapters={chapters} />
        {chapters.map((chapter, at) => (
          <IslandOfLevels key={chapter.letter} chapter={chapter} coast={at + 1} chosen={chosen} />
        ))}
      </svg>
      <div class="chapters">
        {chapters.map((chapter) => (
          <section key={chapter.letter} aria-label={chapter.title}>
            <h2 class="chapter-name title" style={placed(chapter.x, chapter.y + chapter.radiusY + 34)}>
              {chapter.title}
              <small>{`${chapter.about} · ${starsOf(chapter)}`}</small>
            </h2>
            <ol>
              {chapter.lighthouses.map(({ level, x, y }) => (
                <li key={level.id} style={placed(x, y)}>
                  <button
                    type="button"
                    class="level-button"
                    aria-pressed={level.id === chosen}
                    onClick={() => onChoose(level.id)}
                  >
                    <span class="level-title">{`${level.number}. ${level.title}`}</span>
                    <Stars won={wonOn(level.id).stars} size={15} />
                  </button>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <Compass size={112} />
    </div>
  );
}

function placed(x: number, y: number): { left: string; top: string } {
  return { left: `${(x / CHART.width) * 100}%`, top: `${(y / CHART.height) * 100}%` };
}

function starsOf(chapter: ChartedChapter): string {
  const won = chapter.levels.reduce((sum, level) => sum + wonOn(level.id).stars.filter(Boolean).length, 0);
  return `${won} of ${counted(chapter.levels.length * 3, "star")}`;
}

function Routes({ chapters }: { chapters: readonly ChartedChapter[] }) {
  return (
    <g class="chart-routes">
      {chapters.slice(1).map((to, at) => {
        return <path key={to.letter} d={routeBetween(chapters[at]!, to)} />;
      })}
    </g>
  );
}

/** Straight across where islands lie side by side; round the right-hand shore, clear of names, where one lies below. */
function routeBetween(from: ChartedChapter, to: ChartedChapter): string {
  if (to.y - from.y < 160) {
    return `M${from.x} ${from.y}Q${(from.x + to.x) / 2} ${(from.y + to.y) / 2 + 30} ${to.x} ${to.y}`;
  }
  const shore = Math.max(from.x + from.radiusX, to.x + to.radiusX * 0.6) + 90;
  return `M${from.x} ${from.y}C${shore} ${from.y + 40} ${shore} ${to.y - 60} ${to.x} ${to.y}`;
}

function IslandOfLevels({ chapter, coast, chosen }: { chapter: ChartedChapter; coast: number; chosen: string }) {
  return (
    <>
      <Island x={chapter.x} y={chapter.y} radiusX={chapter.radiusX} radiusY={chapter.radiusY} coast={coast} />
      {chapter.lighthouses.map(({ level, x, y }) => (
        <g key={level.id}>
          {level.id === chosen && <ellipse class="chosen-ring" cx={x} cy={y + 2} rx="30" ry="10" />}
          <Lighthouse x={x} y={y} scale={0.74} leads={level.id === chosen} />
        </g>
      ))}
    </>
  );
}
