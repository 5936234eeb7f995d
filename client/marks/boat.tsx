/** What a boat is: a read is hollow, a write is filled, a retry wears a dashed arc, an error broke in two. */
export type Cargo = "read" | "write" | "retry" | "error";

interface BoatProps {
  readonly cargo: Cargo;
  /** Struck through: what the cut-off side refuses. */
  readonly struck?: boolean;
}

const HULL = "M-11.5-8h23c-.9 5.4-3.1 8-6.9 8h-9.2c-3.8 0-6-2.6-6.9-8z";

/** A request as a lantern boat, inside an `svg`: 28 units wide, its waterline at y = 0. */
export function Boat({ cargo, struck = false }: BoatProps) {
  return (
    <g stroke-linejoin="round" stroke-linecap="round">
      <g opacity={struck ? 0.55 : 1}>{cargo === "error" ? <Wreck /> : <Hull filled={cargo !== "read"} />}</g>
      {cargo === "retry" && (
        <g>
          <path
            d="M-16-14a16 16 0 0 1 24-12"
            fill="none"
            stroke="var(--ink)"
            stroke-width="2"
            stroke-dasharray="3.4 2.6"
          />
          <path d="M6-31l10 4-8 7z" fill="var(--ink)" />
        </g>
      )}
      {struck && <path d="M-13 3L13-23" stroke="var(--error)" stroke-width="2.6" />}
    </g>
  );
}

function Hull({ filled }: { filled: boolean }) {
  if (!filled) {
    return (
      <g fill="none" stroke="var(--read)" stroke-width="2.2">
        <path d={HULL} />
        <rect x="-4.8" y="-20" width="9.6" height="11" rx="4.6" />
      </g>
    );
  }
  return (
    <g fill="var(--write)">
      <circle class="night-only" cx="0" cy="-14" r="17" fill="url(#ink-glow)" />
      <path d={HULL} />
      <path d="M-1-10h2v3h-2z" />
      <rect x="-5.4" y="-20.6" width="10.8" height="11.8" rx="4.8" />
      <rect class="night-only" x="-3.4" y="-18.6" width="6.8" height="8" rx="3.2" fill="#fff4d2" />
    </g>
  );
}

function Wreck() {
  return (
    <g fill="var(--sunk)" stroke="var(--error)" stroke-width="2">
      <ellipse cx="0" cy="0.5" rx="16" ry="4.4" fill="none" stroke-width="1.4" opacity="0.6" />
      <path d="M-13-11l10.4 3.6-2.8 2.8 2 3.6c-5.6.6-9.2-2.4-9.6-10zM13-11l-8.4 2 1.8 3.4-2.6 4.6c5.2.6 8.8-2.4 9.2-10z" />
      <path d="M-11.4-5.6l5.4-2.8M-9.4-2.4l4.4-3M10.8-4.4L6.6-8.4M8.4-1.8L5.8-4.6" stroke-width="1.3" />
      <path d="M-4.4-22.4l8.8 8.8M-4.4-13.6l8.8-8.8" stroke-width="2.8" />
    </g>
  );
}

/** A boat as a picture in a line of text; `label` is read out, since the shape alone says it to the eye. */
export function BoatIcon({ cargo, struck = false, label }: BoatProps & { readonly label?: string }) {
  const named = label === undefined ? { "aria-hidden": true as const } : { role: "img" as const, "aria-label": label };
  return (
    <svg class="boat-icon" viewBox="-18 -32 36 38" width="30" height="32" {...named}>
      <Boat cargo={cargo} struck={struck} />
    </svg>
  );
}
