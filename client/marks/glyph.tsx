/** Line drawings for controls, on a grid of 24. */
const GLYPHS = {
  eye: "M2 12s3.6-6.4 10-6.4S22 12 22 12s-3.6 6.4-10 6.4S2 12 2 12zM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z",
  wheel:
    "M12 6.4a5.6 5.6 0 1 1 0 11.2 5.6 5.6 0 0 1 0-11.2zM12 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM12 2v8M12 14v8M2 12h8M14 12h8M4.9 4.9l5.7 5.7M13.4 13.4l5.7 5.7M19.1 4.9l-5.7 5.7M10.6 13.4l-5.7 5.7",
  speech: "M4 4.5h16v11.4H11l-4.6 4v-4H4z",
  lock: "M6 11h12v9H6zM8.6 11V7.6a3.4 3.4 0 0 1 6.8 0V11",
  undo: "M8.4 5L4 9.4l4.4 4.4M4.4 9.4h9.4a5.4 5.4 0 0 1 0 10.8H9",
  spin: "M19.6 12a7.6 7.6 0 1 1-2.4-5.5M18.4 2.6v4.6h-4.6",
  check: "M4.5 12.8l4.8 4.8L19.5 7",
  cross: "M6 6l12 12M18 6L6 18",
  swap: "M8 4v15.5M4.4 16l3.6 3.6 3.6-3.6M16 20V4.5M12.4 8L16 4.4 19.6 8",
  left: "M15 4.5L7.5 12l7.5 7.5",
  right: "M9 4.5l7.5 7.5L9 19.5",
  first: "M5.5 5v14M19 5l-9.5 7 9.5 7z",
  last: "M18.5 5v14M5 5l9.5 7L5 19z",
  earlier: "M12 5.5L5 12l7 6.5M20 5.5L13 12l7 6.5",
  later: "M12 5.5L19 12l-7 6.5M4 5.5L11 12l-7 6.5",
  pennant: "M6 21.5V2.5M6 4l13 4.2L6 12.4z",
  fence: "M2 9.5q10 3.4 20 0M2 15.5q10 3.4 20 0M5 6v14M9.6 7.4v14M14.4 7.4v14M19 6v14",
  reroute: "M3 18.5c0-7 4-10 10-10h6.4M15.4 4l4.6 4.5-4.6 4.5",
  repair: "M2 12h5.6M16.4 12H22M7.6 6.4v11.2M11 8.4v7.2M13 8.4v7.2M16.4 6.4v11.2",
  restart: "M19.6 12a7.6 7.6 0 1 1-2.4-5.5M18.4 2.6v4.6h-4.6M12 8v4.4l2.8 1.8",
  power: "M12 3v8M7.4 6.4a7.4 7.4 0 1 0 9.2 0",
  size: "M4 20V13h4v7M10 20V9h4v11M16 20V4h4v16M2 20.2h20",
  drain: "M4 5h16l-6 7v6.4l-4 2V12zM18 17l4 4M22 17l-4 4",
  weight: "M12 4v16M5 20h14M5 7.4l7-2 7 2M5 7.4L2.4 13.6h5.2zM19 7.4l-2.6 6.2h5.2z",
  map: "M3 6.4l6-2.6 6 2.6 6-2.6v13.8l-6 2.6-6-2.6-6 2.6zM9 3.8v13.8M15 6.4v13.8",
  bell: "M6 16.6V11a6 6 0 0 1 12 0v5.6l1.8 2H4.2zM10 21.2h4",
  chart: "M3.6 3.5v17h17M7 15.6l4-5 3.4 2.8 5-6.8",
  team: "M9 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8zM2.6 19.6c0-3.6 2.8-5.6 6.4-5.6s6.4 2 6.4 5.6M15.6 4.9a3.3 3.3 0 0 1 0 6.3M18 14.4c2.2.8 3.4 2.6 3.4 5.2",
  pause: "M8 5v14M16 5v14",
  play: "M7 4.5l12 7.5-12 7.5z",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  sun: "M12 7.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8zM12 1.8v2.8M12 19.4v2.8M1.8 12h2.8M19.4 12h2.8M4.8 4.8l2 2M17.2 17.2l2 2M19.2 4.8l-2 2M6.8 17.2l-2 2",
  moon: "M19.6 14.4A8.2 8.2 0 1 1 9.6 4.4a6.6 6.6 0 0 0 10 10z",
  calm: "M2.6 9.4c3-3.4 6-3.4 9 0s6 3.4 9 0M2.6 16c3-3.4 6-3.4 9 0s6 3.4 9 0",
  queue: "M3 6.5h18M3 12h12M3 17.5h7",
  link: "M9.6 14.4l4.8-4.8M8 11l-2.6 2.6a3.6 3.6 0 0 0 5 5L13 16M16 13l2.6-2.6a3.6 3.6 0 0 0-5-5L11 8",
} as const;

export type GlyphName = keyof typeof GLYPHS;

/** A line drawing; it never stands without words beside it or a label on its button. */
export function Glyph({ name, size = 24 }: { readonly name: GlyphName; readonly size?: number }) {
  return (
    <svg class={`glyph glyph-${name}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={GLYPHS[name]} />
    </svg>
  );
}
