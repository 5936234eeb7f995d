import type { Debrief } from "../../../shared/match/debrief.ts";
import { Boat } from "../../marks/boat.tsx";
import { Buoy } from "../../marks/buoy.tsx";
import { Island } from "../../marks/island.tsx";
import { Lighthouse } from "../../marks/lighthouse.tsx";
import { Ink } from "../../marks/sharedInk.tsx";
import { Star } from "../../marks/star.tsx";
import { countText, percentText } from "../figures.ts";
import { FogColumn } from "../home/fogColumn.tsx";
import { QrCode } from "../lobby/qrCode.tsx";
import { Plane } from "../plane.tsx";
import { crewText, wasCut } from "./cardWords.ts";

/** Size of the card, in its own units: the shape that pages show as a preview of a link. */
export const CARD = { width: 1200, height: 630 } as const;

/** The largest count that a buoy has room for. */
const COUNTED_MAX = 999;
/** What is left of the card's width for the crew's name, in units of a letter 1 high. */
const NAME_WIDTH = 1_020;

interface ShareCardProps {
  readonly debrief: Debrief;
  /** Where the match can be seen again; null for one that was not kept. */
  readonly address: string | null;
}

/** The card that people share: who, what it came to, the trail of the match, and the way to its replay. */
export function ShareCard({ debrief, address }: ShareCardProps) {
  const { level, score, stars } = debrief;
  const crew = crewText(debrief.operators);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="share-card"
      data-theme="night"
      viewBox={`0 0 ${CARD.width} ${CARD.height}`}
      width={CARD.width}
      height={CARD.height}
    >
      <title>{`${crew}: ${countText(score)} of 1,000 on ${level.title}`}</title>
      <defs>
        <Ink />
      </defs>
      <rect class="card-sea" width={CARD.width} height={CARD.height} />
      <rect width={CARD.width} height={CARD.height} fill="url(#ink-waves)" opacity="0.7" />
      <Scene debrief={debrief} />
      <path class="card-border" d="M18 18H1182V612H18z" />
      <text class="card-wordmark" x="48" y="70">
        Split Brain
      </text>
      <text class="card-crew" x="48" y="146" font-size={Math.min(74, NAME_WIDTH / Math.max(1, crew.length))}>
        {crew}
      </text>
      <g transform="translate(48 176)">
        {stars.map(({ won }, at) => (
          <g key={at} transform={`translate(${at * 50} 0)`}>
            <Star won={won} size={44} />
          </g>
        ))}
        <text class="card-level" x="164" y="32">
          {`${level.number}. ${level.title}`}
        </text>
      </g>
      <text class="card-score" x="46" y="332">
        {countText(score)}
        <tspan class="card-of" dx="18">
          of 1,000 points
        </tspan>
      </text>
      <Trail debrief={debrief} />
      <Ways debrief={debrief} address={address} />
    </svg>
  );
}

/** Two islands; between them the fog, if there was a cut, and the buoy of the wrong answers, if there were any. */
function Scene({ debrief }: { debrief: Debrief }) {
  const { wrong } = debrief.counts;
  const cut = wasCut(debrief);
  return (
    <svg x="21" y="21" width="1158" height="588" viewBox="21 21 1158 588">
      <Beam x={136} y={430} towards={1} />
      <Beam x={480} y={442} towards={-1} />
      <Island x={156} y={520} radiusX={140} radiusY={58} coast={3}>
        <Lighthouse x={-20} y={-6} scale={1.15} leads />
      </Island>
      <Island x={474} y={530} radiusX={132} radiusY={52} coast={7}>
        <Lighthouse x={6} y={-6} scale={1.05} leads={cut && wrong > 0} />
      </Island>
      {cut && (
        <g transform="translate(306 470) scale(0.36 0.2)">
          <FogColumn x={0} narrow={false} />
        </g>
      )}
      {wrong > 0 && (
        <g transform="translate(306 586) scale(1.2)">
          <Buoy count={wrong > COUNTED_MAX ? 0 : wrong} />
        </g>
      )}
      <g transform="translate(64 592) scale(1.2)">
        <Boat cargo="read" />
      </g>
      <g transform="translate(400 592) scale(1.2)">
        <Boat cargo="write" />
      </g>
    </svg>
  );
}

function Beam({ x, y, towards }: { x: number; y: number; towards: 1 | -1 }) {
  return <path d="M0-4L170-44V40L0 4z" fill="url(#ink-beam)" transform={`translate(${x} ${y}) scale(${towards} 1)`} />;
}

function Trail({ debrief }: { debrief: Debrief }) {
  const { level, trail } = debrief;
  return (
    <g>
      <rect class="card-panel" x="624" y="48" width="528" height="398" rx="16" />
      <svg x="632" y="64" width="512" height="366">
        <Plane
          trail={trail}
          availabilitySlo={level.availabilitySlo}
          correctnessSlo={level.correctnessSlo}
          width={512}
          height={366}
          labelled
        />
      </svg>
    </g>
  );
}

function Ways({ debrief, address }: ShareCardProps) {
  return (
    <g>
      <rect class="card-panel" x="624" y="464" width="528" height="118" rx="16" />
      <text class="card-figure" x="648" y="514">
        <tspan class="availability">A</tspan> {percentText(debrief.availability)}
      </text>
      <text class="card-figure" x="648" y="558">
        <tspan class="correctness">C</tspan> {percentText(debrief.correctness)}
      </text>
      {address === null ? (
        <text class="card-hint" x="1128" y="532" text-anchor="end">
          seed {debrief.seed}
        </text>
      ) : (
        <>
          <text class="card-hint" x="1026" y="520" text-anchor="end">
            See every move again,
          </text>
          <text class="card-hint" x="1026" y="546" text-anchor="end">
            and try what you would do
          </text>
          <svg x="1042" y="475" width="96" height="96">
            <QrCode address={address} />
          </svg>
        </>
      )}
    </g>
  );
}
