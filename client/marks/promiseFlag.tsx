/** The violet flag: what clients were promised. */
export function PromiseFlag({ size = 20 }: { readonly size?: number }) {
  return (
    <svg class="promise-flag" viewBox="0 0 20 22" width={size} height={size * 1.1} aria-hidden="true">
      <path d="M3 1v20" stroke="var(--ink2)" stroke-width="2" />
      <path d="M4 2h14l-3.6 4.4 3.6 4.4H4z" fill="var(--correctness)" />
    </svg>
  );
}
