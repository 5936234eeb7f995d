const KEYS = [
  ["1 – 9", "look at a node"],
  ["Tab", "walk through places and controls"],
  ["Arrows", "aim the dial, Enter turns it"],
  ["P", "ping the selected place"],
  ["Space", "pause, when you play alone"],
  ["Esc", "close, or back to the store"],
  ["?", "this list"],
] as const;

/** What the keyboard does. */
export function KeyList() {
  return (
    <dl class="keys">
      {KEYS.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd class="mono">{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
