import type { DialView } from "../../../../shared/match/view.ts";

interface TelegraphProps {
  readonly dial: DialView;
  /** Stop that is aimed at, or −1. */
  readonly aimed: number;
  onAim(stop: number): void;
}

const RADIUS = 146;
const HUB = 72;
/** Gap between two stops, in degrees. */
const GAP = 1.2;

/**
 * The engine-order telegraph: a sector for each stop, the handle at what the store does, the violet flag at what clients
 * were promised. Drawn for the eye; the keyboard turns the slider around it.
 */
export function Telegraph({ dial, aimed, onAim }: TelegraphProps) {
  const count = dial.stops.length;
  const shownAt = dial.turningTo >= 0 ? dial.turningTo : dial.at;
  return (
    <svg class="telegraph" viewBox="-172 -152 344 168" aria-hidden="true">
      {dial.stops.map((stop, at) => (
        <Sector
          key={stop.name}
          at={at}
          count={count}
          state={at === shownAt ? "set" : at === aimed ? "aimed" : "rest"}
          onClick={() => onAim(at)}
        />
      ))}
      {dial.promisedAt >= 0 && <Flag angle={middleOf(dial.promisedAt, count)} />}
      <g class="telegraph-handle" style={{ transform: `rotate(${middleOf(shownAt, count)}deg)` }}>
        <path d="M0-9L-96-5.4V5.4L0 9z" />
        <path class="telegraph-groove" d="M-14 0H-88" />
      </g>
      <circle class="telegraph-hub" r="15" />
      <circle class="telegraph-pin" r="5.4" />
    </svg>
  );
}

/** Degrees from the left end of the dial to the middle of a stop. */
function middleOf(at: number, count: number): number {
  return ((at + 0.5) * 180) / count;
}

function Sector({ at, count, state, onClick }: { at: number; count: number; state: string; onClick(): void }) {
  const from = (at * 180) / count + GAP / 2;
  const to = ((at + 1) * 180) / count - GAP / 2;
  const [x, y] = polar(middleOf(at, count), (RADIUS + HUB) / 2);
  return (
    <g class={`sector ${state}`} onClick={onClick}>
      <path
        d={`M${polar(from, RADIUS).join(" ")}A${RADIUS} ${RADIUS} 0 0 1 ${polar(to, RADIUS).join(" ")}L${polar(to, HUB).join(" ")}A${HUB} ${HUB} 0 0 0 ${polar(from, HUB).join(" ")}z`}
      />
      <text x={x} y={y + 6}>
        {at + 1}
      </text>
    </g>
  );
}

function Flag({ angle }: { angle: number }) {
  const [x, y] = polar(angle, RADIUS + 5);
  const side = angle > 90 ? 1 : -1;
  return (
    <g class="telegraph-flag" transform={`translate(${x} ${y}) scale(${side} 1)`}>
      <path class="pole" d="M0 2V-22" />
      <path d="M1-22h17l-4 5 4 5H1z" />
    </g>
  );
}

/** A point of the dial: 0° is at the left, 90° at the top. */
function polar(angle: number, radius: number): [number, number] {
  const radians = (angle * Math.PI) / 180;
  return [Math.round(-Math.cos(radians) * radius * 10) / 10, Math.round(-Math.sin(radians) * radius * 10) / 10];
}
