import type { ComponentChildren } from "preact";

/** An arrow in a line of text, drawn, because the Latin part of our faces has none. */
export function Arrow() {
  return (
    <svg class="arrow" viewBox="0 0 18 12" role="img" aria-label="to">
      <path d="M1 6h14M11 1.8L15.4 6 11 10.2" />
    </svg>
  );
}

/** A text with every arrow letter in it drawn. */
export function arrowed(text: string): ComponentChildren {
  return text.split("→").flatMap((part, at) => (at === 0 ? [part] : [<Arrow key={at} />, part]));
}
