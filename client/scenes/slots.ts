/** Where one zone goes, in shares (0 to 1) of the chart's width and height. */
export interface Slot {
  /** Middle and radii of the island. */
  readonly island: readonly [x: number, y: number, radiusX: number, radiusY: number];
  /** Middle of the village islet. */
  readonly village: readonly [x: number, y: number];
  /** Middle of the zone's name; what is asked per second stands under it. */
  readonly label: readonly [x: number, y: number];
}

/** Charts drawn by hand for the usual number of zones, on a screen wider than high. */
const WIDE: Readonly<Record<number, readonly Slot[]>> = {
  1: [{ island: [0.585, 0.49, 0.25, 0.29], village: [0.135, 0.63], label: [0.585, 0.085] }],
  2: [
    { island: [0.255, 0.43, 0.175, 0.225], village: [0.13, 0.83], label: [0.255, 0.085] },
    { island: [0.745, 0.45, 0.175, 0.225], village: [0.87, 0.815], label: [0.745, 0.1] },
  ],
  3: [
    { island: [0.278, 0.265, 0.142, 0.18], village: [0.062, 0.44], label: [0.085, 0.1] },
    { island: [0.292, 0.775, 0.172, 0.15], village: [0.072, 0.635], label: [0.068, 0.865] },
    { island: [0.805, 0.5, 0.155, 0.185], village: [0.895, 0.835], label: [0.79, 0.215] },
  ],
  4: [
    { island: [0.278, 0.26, 0.145, 0.175], village: [0.062, 0.41], label: [0.075, 0.1] },
    { island: [0.278, 0.75, 0.145, 0.16], village: [0.062, 0.63], label: [0.075, 0.875] },
    { island: [0.722, 0.26, 0.145, 0.175], village: [0.938, 0.41], label: [0.925, 0.1] },
    { island: [0.722, 0.735, 0.145, 0.16], village: [0.938, 0.61], label: [0.925, 0.845] },
  ],
};

/** The same for a phone's strip of map, where the islands take more of the room and only short words fit. */
const COMPACT: Readonly<Record<number, readonly Slot[]>> = {
  1: [{ island: [0.59, 0.54, 0.36, 0.36], village: [0.1, 0.76], label: [0.17, 0.09] }],
  2: [
    { island: [0.25, 0.48, 0.22, 0.27], village: [0.13, 0.9], label: [0.25, 0.08] },
    { island: [0.76, 0.48, 0.21, 0.27], village: [0.87, 0.9], label: [0.76, 0.08] },
  ],
  3: [
    { island: [0.28, 0.29, 0.21, 0.215], village: [0.085, 0.565], label: [0.12, 0.065] },
    { island: [0.27, 0.81, 0.235, 0.16], village: [0.59, 0.915], label: [0.28, 0.575] },
    { island: [0.805, 0.45, 0.175, 0.225], village: [0.89, 0.87], label: [0.845, 0.1] },
  ],
  4: [
    { island: [0.22, 0.29, 0.175, 0.2], village: [0.5, 0.09], label: [0.14, 0.065] },
    { island: [0.22, 0.81, 0.175, 0.16], village: [0.085, 0.555], label: [0.29, 0.57] },
    { island: [0.78, 0.29, 0.175, 0.2], village: [0.915, 0.555], label: [0.86, 0.065] },
    { island: [0.78, 0.81, 0.175, 0.16], village: [0.5, 0.915], label: [0.71, 0.57] },
  ],
};

/** One slot per zone; `compact` for a phone. More zones than are drawn by hand, or a screen higher than wide, get a grid. */
export function slotsFor(zones: number, width: number, height: number, compact: boolean): readonly Slot[] {
  const drawn = (compact ? COMPACT : WIDE)[zones];
  return drawn !== undefined && width > height * 1.1 ? drawn : grid(zones, width, height);
}

function grid(zones: number, width: number, height: number): readonly Slot[] {
  const columns = Math.max(1, Math.min(zones, Math.round(Math.sqrt((zones * width) / height))));
  const rows = Math.ceil(zones / columns);
  return Array.from({ length: zones }, (_, zone): Slot => {
    const column = zone % columns;
    const row = Math.floor(zone / columns);
    const left = column / columns;
    const top = row / rows;
    return {
      island: [left + 0.55 / columns, top + 0.52 / rows, 0.34 / columns, 0.27 / rows],
      village: [left + 0.16 / columns, top + 0.87 / rows],
      label: [left + 0.5 / columns, top + 0.1 / rows],
    };
  });
}
