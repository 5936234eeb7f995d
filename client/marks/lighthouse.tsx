/** How a lighthouse stands: its lamp lit, seen by nobody (a dashed ghost), or fallen. */
export type Standing = "lit" | "ghost" | "crashed";

const GALLERY = 62;
const COURSES = [0, 1, 2, 3, 4] as const;
const COURSE = GALLERY / COURSES.length;

interface LighthouseProps {
  /** The middle of its foot, in units of the drawing it stands in. */
  readonly x?: number;
  readonly y?: number;
  /** 1 is 96 units tall with its cap. */
  readonly scale?: number;
  readonly standing?: Standing;
  /** A leader flies a pennant. */
  readonly leads?: boolean;
  readonly fenced?: boolean;
  /** Courses missing from the top of its log, 0 to 4. */
  readonly missing?: number;
  readonly glow?: boolean;
}

/** A node as a lighthouse, inside an `svg`. */
export function Lighthouse({
  x = 0,
  y = 0,
  scale = 1,
  standing = "lit",
  leads = false,
  fenced = false,
  missing = 0,
  glow = true,
}: LighthouseProps) {
  const lit = standing === "lit";
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`} stroke-linejoin="round">
      {lit && <ellipse cx="0" cy="2" rx="21" ry="6" fill="var(--tree)" opacity="0.85" />}
      {lit && glow && <circle cx="0" cy={-GALLERY - 10} r="40" fill="url(#ink-glow)" />}
      {COURSES.map((at) => (
        <Course key={at} at={at} standing={standing} there={at < COURSES.length - missing} />
      ))}
      {lit && <path d="M-3.6 0v-7a3.6 3.6 0 0 1 7.2 0v7z" fill="var(--outline)" />}
      <Lantern standing={standing} />
      {standing === "ghost" && (
        <text class="ghost-mark" y="-24">
          ?
        </text>
      )}
      {leads && <Pennant />}
      {fenced && <Railing />}
    </g>
  );
}

function half(height: number): number {
  return 16.5 - (7 * height) / GALLERY;
}

function Course({ at, standing, there }: { at: number; standing: Standing; there: boolean }) {
  const low = at * COURSE;
  const high = low + COURSE;
  const side = (share: number, height: number): string => `${(half(height) * share).toFixed(1)} ${-height}`;
  const body = `M${side(-1, low)}L${side(-1, high)}L${side(1, high)}L${side(1, low)}z`;
  const shade = `M${side(0.3, low)}L${side(0.3, high)}L${side(1, high)}L${side(1, low)}z`;
  if (standing === "ghost" || !there) {
    return (
      <path
        d={body}
        fill="var(--sunk)"
        fill-opacity="0.4"
        stroke="var(--ink2)"
        stroke-width="1.3"
        stroke-dasharray="3 2.4"
      />
    );
  }
  const light = at % 2 === 0;
  const fill = standing === "crashed" ? "var(--ink3)" : light ? "var(--stone)" : "var(--stripe)";
  return (
    <g opacity={standing === "crashed" ? 0.5 : 1}>
      <path d={body} fill={fill} />
      {standing === "lit" && <path d={shade} fill={light ? "var(--stone-shade)" : "var(--stripe-shade)"} />}
      <path d={body} fill="none" stroke="var(--outline)" stroke-width="1.6" />
    </g>
  );
}

function Lantern({ standing }: { standing: Standing }) {
  const ghost = standing === "ghost";
  const line = ghost ? { stroke: "var(--ink2)", "stroke-dasharray": "3 2.4" } : { stroke: "var(--outline)" };
  const glass = standing === "lit" ? "#fff4d2" : "none";
  return (
    <g stroke-width="1.5" {...line}>
      <rect x="-8" y={-GALLERY - 17} width="16" height="13" fill={glass} />
      {!ghost && <path d={`M-4 ${-GALLERY - 17}v13M0 ${-GALLERY - 17}v13M4 ${-GALLERY - 17}v13`} fill="none" />}
      <rect
        x="-12.6"
        y={-GALLERY - 4}
        width="25.2"
        height="4.6"
        rx="1.4"
        fill={ghost ? "none" : "var(--stripe-shade)"}
      />
      <path
        d={`M-9.8 ${-GALLERY - 17}c0-7 4.4-11.4 9.8-11.4s9.8 4.4 9.8 11.4z`}
        fill={ghost ? "none" : standing === "crashed" ? "var(--ink3)" : "var(--cap)"}
      />
      {standing === "crashed" && (
        <path d={`M-4.6 ${-GALLERY - 15}l9.2 9M-4.6 ${-GALLERY - 6}l9.2-9`} stroke="var(--error)" stroke-width="2.6" />
      )}
    </g>
  );
}

function Pennant() {
  const foot = -GALLERY - 28;
  return (
    <g stroke="var(--outline)" stroke-width="1.4">
      <rect x="-1.2" y={foot - 24} width="2.6" height="25" fill="var(--stone)" stroke-width="0.6" />
      <path d={`M1.6 ${foot - 24}l26 5.6l-26 7.4l5-6.4z`} fill="var(--lamp)" />
    </g>
  );
}

function Railing() {
  return (
    <g fill="none" stroke="var(--role-infra)" stroke-width="2.4" stroke-linecap="round">
      <path d="M-27-9q27 10 54 0M-27-2q27 10 54 0M-22-14v18M-11-11v17M0-9v17M11-11v17M22-14v18" />
    </g>
  );
}
