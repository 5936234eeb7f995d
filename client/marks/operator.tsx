/** An operator: a round badge with the initial in the colour of the first role, or a square dashed head for a bot. */
export function OperatorMark({ name, role, bot = false, size = 36 }: OperatorMarkProps) {
  return (
    <svg class={`operator role-${role}`} viewBox="0 0 40 40" width={size} height={size} aria-hidden="true">
      {bot ? <BotHead /> : <Badge initial={name.slice(0, 1).toUpperCase()} />}
    </svg>
  );
}

interface OperatorMarkProps {
  readonly name: string;
  /** `traffic`, `data`, `infra` or `lead`. */
  readonly role: string;
  readonly bot?: boolean;
  /** CSS pixels. */
  readonly size?: number;
}

function Badge({ initial }: { initial: string }) {
  return (
    <>
      <circle cx="20" cy="20" r="19" />
      <text x="20" y="26.4">
        {initial}
      </text>
    </>
  );
}

function BotHead() {
  return (
    <g class="bot" stroke-width="2.2">
      <rect x="3" y="8" width="34" height="28" rx="6" stroke-dasharray="4.6 3" />
      <path d="M20 8V4" />
      <circle class="bot-dot" cx="20" cy="3.4" r="2.6" />
      <circle class="bot-dot" cx="13.4" cy="19" r="2.4" />
      <circle class="bot-dot" cx="26.6" cy="19" r="2.4" />
      <path d="M13 28h14" />
    </g>
  );
}
