const PUFFS = [
  { y: -20, x: 12, width: 70, height: 90 },
  { y: 90, x: -14, width: 84, height: 110 },
  { y: 210, x: 10, width: 92, height: 120 },
  { y: 320, x: -6, width: 110, height: 120 },
  { y: 420, x: 14, width: 140, height: 120 },
  { y: 500, x: -22, width: 170, height: 120 },
  { y: 570, x: 34, width: 190, height: 120 },
  { y: 640, x: -60, width: 230, height: 120 },
  { y: 650, x: 90, width: 210, height: 110 },
  { y: 720, x: -120, width: 260, height: 130 },
  { y: 740, x: 110, width: 280, height: 130 },
  { y: 830, x: -40, width: 330, height: 140 },
  { y: 860, x: 150, width: 280, height: 130 },
  { y: 880, x: -200, width: 280, height: 120 },
] as const;

const WAVES = Array.from({ length: 34 }, (_, at) => {
  const y = 12 + at * 26;
  const width = 30 + Math.max(0, y - 300) * 0.34;
  return { x: ((at * 71) % 100) / 50 - 1, y, width };
});

/** A partition as fog that came down between two islands: soft puffs, with the wave strokes that mark fog everywhere. */
export function FogColumn({ x, narrow }: { readonly x: number; readonly narrow: boolean }) {
  const squeeze = narrow ? 0.42 : 1;
  return (
    <g class="fog-column" transform={`translate(${x} 0) scale(${squeeze} 1)`}>
      {PUFFS.map((puff) => (
        <ellipse
          key={`${puff.x} ${puff.y}`}
          cx={puff.x}
          cy={puff.y}
          rx={puff.width}
          ry={puff.height}
          fill="url(#ink-fog)"
        />
      ))}
      <path
        class="fog-waves"
        d={WAVES.map((wave) => `M${(wave.x * wave.width).toFixed(0)} ${wave.y}q5-6 10 0t10 0`).join("")}
      />
    </g>
  );
}
