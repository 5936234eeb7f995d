import type { ComponentChildren } from "preact";

interface IslandProps {
  readonly x: number;
  readonly y: number;
  /** Half its width and half its height. */
  readonly radiusX: number;
  readonly radiusY: number;
  /** Which coast: islands with another number look different. */
  readonly coast: number;
  readonly children?: ComponentChildren;
}

const CORNERS = 28;

/** An island with its shoal rings, inside an `svg`; children stand on it, measured from its middle. */
export function Island({ x, y, radiusX, radiusY, coast, children }: IslandProps) {
  const outline = coastline(radiusX, radiusY, coast);
  return (
    <g transform={`translate(${x} ${y})`} stroke-linejoin="round">
      <path d={outline} fill="var(--shoal)" stroke="var(--shoal)" stroke-width="62" opacity="0.35" />
      <path d={outline} fill="none" stroke="var(--shoal)" stroke-width="40" opacity="0.6" />
      <path d={outline} fill="none" stroke="var(--shoal-line)" stroke-width="22" />
      <path d={outline} fill="none" stroke="var(--shoal-ring)" stroke-width="19" />
      <path d={outline} fill="var(--land)" stroke="var(--coast)" stroke-width="2" />
      <path d={outline} fill="var(--land-high)" opacity="0.55" transform="scale(0.72)" />
      <path d={outline} fill="var(--land-high)" opacity="0.5" transform="translate(-8 -2) scale(0.42)" />
      {children}
    </g>
  );
}

/** A closed coast: an ellipse bent by a few slow waves, rounded through its corners. */
function coastline(radiusX: number, radiusY: number, coast: number): string {
  const points = Array.from({ length: CORNERS }, (_, at) => {
    const angle = (at / CORNERS) * Math.PI * 2;
    const bend =
      1 +
      0.07 * Math.sin(angle * 2 + coast * 1.7) +
      0.06 * Math.sin(angle * 3 + coast * 2.9) +
      0.035 * Math.sin(angle * 5 + coast * 4.3);
    return [Math.cos(angle) * radiusX * bend, Math.sin(angle) * radiusY * bend] as const;
  });
  const middle = (at: number): string => {
    const [ax, ay] = points[at % CORNERS]!;
    const [bx, by] = points[(at + 1) % CORNERS]!;
    return `${((ax + bx) / 2).toFixed(1)} ${((ay + by) / 2).toFixed(1)}`;
  };
  const curves = points.map((_, at) => {
    const [cx, cy] = points[(at + 1) % CORNERS]!;
    return `Q${cx.toFixed(1)} ${cy.toFixed(1)} ${middle(at + 1)}`;
  });
  return `M${middle(0)}${curves.join("")}z`;
}
