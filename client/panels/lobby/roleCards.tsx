import { ROLE_CARDS, ROLES, type Role } from "../../../shared/match/roles.ts";
import type { SeatState } from "../../../shared/wire/room.ts";
import { Glyph, type GlyphName } from "../../marks/glyph.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { compact } from "../compact.ts";

interface RoleCardsProps {
  readonly seats: readonly SeatState[];
  readonly you: number;
}

/** "Your screen, their screen": what each role sees, controls and tells. A phone shows the own roles alone. */
export function RoleCards({ seats, you }: RoleCardsProps) {
  const own = seats[you]?.roles ?? [];
  const shown = compact.value ? ROLES.filter((role) => own.includes(role)) : ROLES;
  return (
    <section class="role-cards" aria-label="Roles">
      {shown.map((role) => (
        <RoleCard key={role} role={role} mine={own.includes(role)} holders={holdersOf(seats, role)} />
      ))}
    </section>
  );
}

function holdersOf(seats: readonly SeatState[], role: Role): string {
  return seats
    .filter((seat) => seat.roles.includes(role))
    .map((seat) => seat.name)
    .join(", ");
}

function RoleCard({ role, mine, holders }: { role: Role; mine: boolean; holders: string }) {
  const card = ROLE_CARDS[role];
  const lines: readonly [GlyphName, string, string][] = [
    ["eye", "Sees", card.sees],
    ["wheel", "Controls", card.controls],
    ["speech", "Tells the crew", card.tells],
  ];
  return (
    <article class={`role-card panel role-${role}${mine ? " mine" : ""}`}>
      <header>
        <OperatorMark name={card.initial} role={role} size={38} />
        <h3>{card.title}</h3>
        <p class="quiet">{mine ? `${holders} (yours)` : holders}</p>
      </header>
      <dl>
        {lines.map(([glyph, name, words]) => (
          <div key={name}>
            <dt>
              <Glyph name={glyph} size={20} /> {name}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
