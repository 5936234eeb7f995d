import type { CrewState, SeatState } from "../../../shared/wire/room.ts";
import { ROLE_CARDS } from "../../../shared/match/roles.ts";
import { Glyph } from "../../marks/glyph.tsx";
import { LineLantern } from "../../marks/lantern.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import type { Ask } from "../ask.ts";

interface CrewPanelProps {
  readonly crew: CrewState;
  readonly host: boolean;
  readonly ask: Ask;
}

/** Who is here, in which role, ready or not, and what the host can do about it. */
export function CrewPanel({ crew, host, ask }: CrewPanelProps) {
  const ready = crew.seats.filter((seat) => seat.ready).length;
  return (
    <section class="crew-panel panel" aria-labelledby="crew-title">
      <header>
        <h2 id="crew-title">Crew</h2>
        <p class="quiet">
          <b>{crew.seats.length}</b> of <b>{crew.level.operatorsMax}</b> seats · <b>{ready}</b> ready
        </p>
      </header>
      <ul>
        {crew.seats.map((seat, at) => (
          <SeatRow key={at} crew={crew} at={at} seat={seat} host={host} ask={ask} />
        ))}
      </ul>
      <p class="quiet crew-note">
        With fewer than four, roles merge: no verb is ever without a hand. A bot holds the seat of whoever is away.
      </p>
      {crew.kicked !== null && host && <KickUndo kicked={crew.kicked} ask={ask} />}
    </section>
  );
}

function SeatRow({
  crew,
  at,
  seat,
  host,
  ask,
}: {
  crew: CrewState;
  at: number;
  seat: SeatState;
  host: boolean;
  ask: Ask;
}) {
  const you = at === crew.you;
  const roles = seat.roles.map((role) => ROLE_CARDS[role].title).join(" + ");
  const notes = [
    roles,
    ...(seat.host ? ["host"] : []),
    ...(seat.bot ? ["bot"] : []),
    ...(seat.connected ? [] : ["away"]),
  ];
  const next = (at + 1) % crew.seats.length;
  return (
    <li class={you ? "seat you" : "seat"}>
      <OperatorMark name={seat.name} role={seat.roles[0] ?? "lead"} bot={seat.bot} />
      <p>
        <strong>{seat.name}</strong> {you && "(you)"}
        <small>{notes.join(" · ")}</small>
      </p>
      <span
        class={seat.ready ? "ready-mark is-ready" : "ready-mark"}
        role="img"
        aria-label={seat.ready ? "ready" : "not ready"}
      >
        {seat.ready && <Glyph name="check" size={18} />}
      </span>
      <LineLantern lit={seat.connected} />
      {host && crew.seats.length > 1 && (
        <button
          type="button"
          class="button square"
          aria-label={`Swap the roles of ${seat.name} and ${crew.seats[next]?.name ?? ""}`}
          onClick={() => void ask("swap", { a: at, b: next })}
        >
          <Glyph name="swap" size={20} />
        </button>
      )}
      {host && !you && (
        <button
          type="button"
          class="button square"
          aria-label={`Remove ${seat.name}`}
          onClick={() => void ask("kick", { seat: at, undo: false })}
        >
          <Glyph name="cross" size={20} />
        </button>
      )}
    </li>
  );
}

function KickUndo({ kicked, ask }: { kicked: NonNullable<CrewState["kicked"]>; ask: Ask }) {
  return (
    <p class="kick-undo" role="status">
      <span>
        <strong>{kicked.name}</strong> was removed.
      </span>
      <span class="mono">{`0:${String(kicked.secondsLeft).padStart(2, "0")}`}</span>
      <button type="button" class="button" onClick={() => void ask("kick", { seat: kicked.seat, undo: true })}>
        <Glyph name="undo" size={20} /> Undo
      </button>
    </p>
  );
}
