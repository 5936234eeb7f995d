const POINTS = "M12 1.8l3.1 6.6 7.2.9-5.3 5 1.4 7.1L12 17.9l-6.4 3.5L7 14.3l-5.3-5 7.2-.9z";

/** One star: filled when won, an outline when not. */
export function Star({ won, size = 24 }: { readonly won: boolean; readonly size?: number }) {
  return (
    <svg class={won ? "star won" : "star"} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={POINTS} />
    </svg>
  );
}

/** Three stars in a row, told to screen readers as a count. */
export function Stars({ won, size = 24 }: { readonly won: readonly boolean[]; readonly size?: number }) {
  const count = won.filter(Boolean).length;
  return (
    <span class="stars" role="img" aria-label={`${count} of ${won.length} stars`}>
      {won.map((one, at) => (
        <Star key={at} won={one} size={size} />
      ))}
    </span>
  );
}
