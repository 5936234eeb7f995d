import type { CrewState } from "../../../shared/wire/room.ts";
import { Glyph } from "../../marks/glyph.tsx";
import type { Ask } from "../ask.ts";
import { CopyButton } from "../copyButton.tsx";
import { ThemeButton } from "../themeButton.tsx";
import { QrCode } from "./qrCode.tsx";

interface RoomPanelProps {
  readonly crew: CrewState;
  readonly host: boolean;
  readonly ask: Ask;
  onLeave(): void;
}

/** The code, huge, with every way to pass it on. */
export function RoomPanel({ crew, host, ask, onLeave }: RoomPanelProps) {
  const address = `${window.location.origin}/?join=${crew.code}`;
  return (
    <section class="room-panel panel" aria-label="Room">
      <header>
        <span class="wordmark">Split Brain</span>
        <ThemeButton />
        <button type="button" class="button" onClick={onLeave}>
          Leave
        </button>
      </header>
      <p class="room-code" aria-label={`Code ${crew.code}`}>
        {crew.code}
      </p>
      <div class="room-ways">
        <QrCode address={address} />
        <div>
          <p>
            Scan, or open <strong>{window.location.host}</strong> and type the code.
          </p>
          <p class="quiet">Phones and laptops play in the same room.</p>
        </div>
      </div>
      <footer>
        {host && <Lock locked={crew.locked} ask={ask} />}
        <CopyButton label="Copy the link" text={address} />
      </footer>
    </section>
  );
}

function Lock({ locked, ask }: { locked: boolean; ask: Ask }) {
  return (
    <label class="lock">
      <Glyph name="lock" />
      <span>
        <strong>Lock the room</strong>
        <small>no one new can join</small>
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={locked}
        onChange={(event) => void ask("lock", { locked: event.currentTarget.checked })}
      />
    </label>
  );
}
