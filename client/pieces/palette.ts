/** Which chart is drawn: lamps on a dark sea, or the daylight chart for projectors and bright rooms. */
export type Theme = "night" | "day";

/** Colours of the chart, as canvas colours. Red means only failed or wrong; amber only lit, selected or primary. */
export interface Palette {
  readonly theme: Theme;
  /** Letters, in falling weight, and the halo that is drawn under every letter on the map. */
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly halo: string;
  readonly sea: string;
  readonly seaEdge: string;
  readonly wave: string;
  readonly rhumb: string;
  /** The shoals round an island, from deep to shallow, and the thin line between them. */
  readonly shoals: readonly [string, string, string];
  readonly shoalLine: string;
  readonly land: string;
  readonly landRise: string;
  readonly landTop: string;
  readonly coast: string;
  readonly tree: string;
  readonly shadow: string;
  readonly lamp: string;
  readonly lampCore: string;
  readonly cap: string;
  readonly lampOff: string;
  /** The tower's courses, light and dark, with their shaded side, and the outline round everything built. */
  readonly stone: string;
  readonly stoneShade: string;
  readonly stripe: string;
  readonly stripeShade: string;
  readonly gallery: string;
  readonly outline: string;
  /** What a missing course is filled with and dashed in. */
  readonly gap: string;
  readonly ghost: string;
  readonly ruin: string;
  readonly ruinLine: string;
  readonly railing: string;
  readonly read: string;
  readonly write: string;
  readonly hollow: string;
  readonly error: string;
  readonly buoy: string;
  readonly ok: string;
  readonly onOk: string;
  readonly route: string;
  readonly select: string;
  readonly plate: string;
  readonly plateRule: string;
  readonly fog: string;
  readonly fogCore: string;
  readonly fogWave: string;
  readonly house: string;
  readonly roof: string;
  readonly window: string;
}

export const NIGHT: Palette = {
  theme: "night",
  ink: "#EFF5EF",
  ink2: "#B0C7C8",
  ink3: "#86A3A8",
  halo: "#0A1D27",
  sea: "#0D2C38",
  seaEdge: "#071C25",
  wave: "#5F8C97",
  rhumb: "#86A3A8",
  shoals: ["#0D2F40", "#103648", "#1A4E5B"],
  shoalLine: "#3D7480",
  land: "#27463D",
  landRise: "#2E5347",
  landTop: "#376153",
  coast: "#C0AF82",
  tree: "#142C29",
  shadow: "#10231F",
  lamp: "#FFC95C",
  lampCore: "#FFF4D2",
  cap: "#DBA345",
  lampOff: "#3B3A2E",
  stone: "#F1E9D8",
  stoneShade: "#CCC6B6",
  stripe: "#5C8A97",
  stripeShade: "#4C7581",
  gallery: "#35566A",
  outline: "#0B1E27",
  gap: "#0A1B22",
  ghost: "#B0C7C8",
  ruin: "#33474D",
  ruinLine: "#6E858A",
  railing: "#FFB38A",
  read: "#A5E3F5",
  write: "#FFC95C",
  hollow: "#0A2530",
  error: "#FF8474",
  buoy: "#FF5247",
  ok: "#84E0B4",
  onOk: "#04201A",
  route: "#7FB0B8",
  select: "#FFC95C",
  plate: "#122832",
  plateRule: "#86A3A8",
  fog: "#9FB4B9",
  fogCore: "#C2D2D4",
  fogWave: "#E4EEEE",
  house: "#22323A",
  roof: "#0B171D",
  window: "#FFD98A",
};

export const DAY: Palette = {
  theme: "day",
  ink: "#10202B",
  ink2: "#33495A",
  ink3: "#54697A",
  halo: "#FFFDF5",
  sea: "#EFF4EC",
  seaEdge: "#E3EFF0",
  wave: "#7FA3B4",
  rhumb: "#54697A",
  shoals: ["#DCEAEB", "#CFE3E8", "#B4D6E0"],
  shoalLine: "#6F9CB0",
  land: "#F0DDA2",
  landRise: "#EAD490",
  landTop: "#E2C87A",
  coast: "#6B5016",
  tree: "#8A7434",
  shadow: "#B9A25C",
  lamp: "#F2A900",
  lampCore: "#FFE39A",
  cap: "#10202B",
  lampOff: "#C9C2A6",
  stone: "#FFFFFF",
  stoneShade: "#D9D8D4",
  stripe: "#2F5D73",
  stripeShade: "#254A5C",
  gallery: "#10202B",
  outline: "#10202B",
  gap: "#FFFDF5",
  ghost: "#33495A",
  ruin: "#D9D8CC",
  ruinLine: "#54697A",
  railing: "#8A3B12",
  read: "#0B5C80",
  write: "#10202B",
  hollow: "#FFFDF5",
  error: "#A31621",
  buoy: "#C4161C",
  ok: "#0B6B4A",
  onOk: "#FFFDF5",
  route: "#2F5D73",
  select: "#10202B",
  plate: "#FFFDF5",
  plateRule: "#10202B",
  fog: "#FAFBFA",
  fogCore: "#E4EAE9",
  fogWave: "#7E99A6",
  house: "#FFFDF5",
  roof: "#10202B",
  window: "#33495A",
};

/** The palette of a theme. */
export function paletteOf(theme: Theme): Palette {
  return theme === "night" ? NIGHT : DAY;
}

/** A palette colour with an opacity from 0 to 1. */
export function faded(colour: string, opacity: number): string {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return `rgba(${channel(1)},${channel(3)},${channel(5)},${opacity})`;
}
