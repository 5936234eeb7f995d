import { Boat } from "../../marks/boat.tsx";
import { Lighthouse } from "../../marks/lighthouse.tsx";
import { Village } from "../../marks/village.tsx";
import { FogColumn } from "./fogColumn.tsx";

const STARS = Array.from({ length: 90 }, (_, at) => ({
  x: (at * 569 + ((at * at) % 37) * 31) % 1440,
  y: (at * 211 + ((at * at) % 23) * 13) % 470,
  radius: 0.6 + ((at * 7) % 5) * 0.22,
}));

const GLITTER = Array.from({ length: 60 }, (_, at) => ({
  x: (at * 397 + 83) % 1440,
  y: 566 + ((at * 173) % 330),
}));

/** The night on which the title stands: two leaders, one fog bank, requests that get across and one that does not. */
export function Scenery({ narrow }: { readonly narrow: boolean }) {
  const middle = 720;
  const away = narrow ? 152 : 458;
  const size = narrow ? 1.55 : 2.2;
  return (
    <svg class="scenery" viewBox="0 0 1440 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <Sky />
      <Hills />
      <rect class="scenery-sea" y="560" width="1440" height="340" />
      <path class="scenery-glitter" d={GLITTER.map(({ x, y }) => `M${x} ${y}q6-5 12 0t12 0`).join("")} />
      <Side at={middle - away} beam={1} size={size} narrow={narrow} />
      <Side at={middle + away} beam={-1} size={size} narrow={narrow} />
      <FogColumn x={middle} narrow={narrow} />
      <Fleet middle={middle} narrow={narrow} />
    </svg>
  );
}

function Sky() {
  return (
    <>
      <defs>
        <linearGradient id="scenery-sky" x2="0" y2="1">
          <stop offset="0" stop-color="var(--sky-top)" />
          <stop offset="1" stop-color="var(--sky-low)" />
        </linearGradient>
        <linearGradient id="scenery-sea" x2="0" y2="1">
          <stop offset="0" stop-color="var(--sea-far)" />
          <stop offset="1" stop-color="var(--sea-near)" />
        </linearGradient>
      </defs>
      <rect width="1440" height="562" fill="url(#scenery-sky)" />
      <g class="night-only" fill="#fff" opacity="0.75">
        {STARS.map(({ x, y, radius }) => (
          <circle key={x * 1_000 + y} cx={x} cy={y} r={radius} />
        ))}
      </g>
    </>
  );
}

function Hills() {
  return (
    <g class="scenery-hills">
      <path d="M0 562v-24l60-22 90 4 110-2 70 22 90-10 140 32z" />
      <path d="M890 562l70-26 90-6 90-14 110-6 100-6 90 12v46z" />
      <Lighthouse x={120} y={521} scale={0.4} />
      <Lighthouse x={390} y={546} scale={0.34} />
      <Lighthouse x={1035} y={540} scale={0.34} />
      <Lighthouse x={1300} y={513} scale={0.4} />
    </g>
  );
}

/** One side of the cut: an island with a leader of its own, its beam ending in the fog. */
function Side({ at, beam, size, narrow }: { at: number; beam: 1 | -1; size: number; narrow: boolean }) {
  const foot = 606;
  const lantern = foot - 73 * size;
  const reach = narrow ? 150 : 430;
  return (
    <g>
      <g transform={`translate(${at} ${foot + 100}) scale(${narrow ? 0.5 : 1} 1)`}>
        <path
          class="scenery-island"
          d={`M${-278} 6q70-50 130-84l96-22q52-20 96 2l78 38q70 14 130 50l30 16q-130 10-280 10t-280-10z`}
        />
        <path class="scenery-rise" d="M-226 0q110-40 226-66q112 30 226 66z" />
        <g class="scenery-trees">
          {[-186, -152, -120, -78, 62, 92, 124, 148, 196].map((x, index) => (
            <path key={x} d={`M${x} ${-16 - (index % 3) * 9}l-9 28h18z`} />
          ))}
        </g>
        {!narrow && <Village x={beam * 148} y={-18} scale={0.86} />}
      </g>
      <path
        class="scenery-beam"
        d={`M0-9L${reach}-78V60L0 9z`}
        fill="url(#ink-beam)"
        transform={`translate(${at} ${lantern}) scale(${beam} 1)`}
      />
      <path
        class="scenery-beam"
        d="M0-8L220 4V60L0 8z"
        fill="url(#ink-beam)"
        opacity="0.5"
        transform={`translate(${at} ${lantern}) scale(${-beam} 1)`}
      />
      <circle class="night-only" cx={at} cy={lantern} r={62 * size} fill="url(#ink-glow)" opacity="0.8" />
      <Lighthouse x={at} y={foot} scale={size} leads glow={false} />
      <path
        class="scenery-reflection"
        d={[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
          .map((row) => `M${at - 38 + row * 3} ${720 + row * 13}h${64 - ((row * 11) % 30)}`)
          .join("")}
      />
    </g>
  );
}

function Fleet({ middle, narrow }: { middle: number; narrow: boolean }) {
  const spread = narrow ? 0.3 : 1;
  const at = (x: number, y: number, scale: number): string =>
    `translate(${middle + (x - middle) * spread} ${narrow ? y - 60 : y}) scale(${narrow ? scale * 0.7 : scale})`;
  return (
    <>
      <g transform={at(548, 738, 1.7)}>
        <Boat cargo="write" />
      </g>
      <g transform={at(914, 744, 1.7)}>
        <Boat cargo="write" />
      </g>
      <g transform={at(632, 680, 1.4)}>
        <Boat cargo="error" />
      </g>
      {!narrow && (
        <>
          <g transform={at(110, 816, 2.2)}>
            <Boat cargo="read" />
          </g>
          <g transform={at(330, 858, 2.3)}>
            <Boat cargo="write" />
          </g>
          <g transform={at(1120, 862, 2.3)}>
            <Boat cargo="retry" />
          </g>
          <g transform={at(1330, 822, 2.2)}>
            <Boat cargo="read" />
          </g>
        </>
      )}
    </>
  );
}
