import { useSignal } from "@preact/signals";
import type { CrewState } from "../../../../shared/wire/room.ts";
import { Glyph } from "../../../marks/glyph.tsx";
import type { Session } from "../../../session/session.ts";
import { CopyButton } from "../../copyButton.tsx";
import { Dialog } from "../../dialog.tsx";
import { theme, turnTheme } from "../../theme.ts";
import { KeyList } from "./keys.tsx";
import { scrapeConfig } from "./scrapeConfig.ts";

interface MenuProps {
  readonly session: Session;
  readonly crew: CrewState;
  onLeave(): void;
}

/** Everything that is not the match itself: theme, keys, ending early, leaving. */
export function MenuButton(props: MenuProps) {
  const open = useSignal(false);
  return (
    <>
      <button type="button" class="button square" aria-label="Menu" onClick={() => (open.value = true)}>
        <Glyph name="menu" size={20} />
      </button>
      {open.value && <Menu {...props} onClose={() => (open.value = false)} />}
    </>
  );
}

function Menu({ session, crew, onLeave, onClose }: MenuProps & { onClose(): void }) {
  const sure = useSignal(false);
  const mayEnd = crew.mode === "solo" || (crew.seats[crew.you]?.host ?? false);
  const end = (): void => {
    if (sure.value) void session.request("endEarly", {}).then(onClose);
    else sure.value = true;
  };
  return (
    <Dialog title={crew.level.title} onClose={onClose}>
      <p class="briefing">{crew.level.briefing.trim()}</p>
      <div class="menu-doors">
        <button type="button" class="button" onClick={turnTheme}>
          <Glyph name={theme.value === "night" ? "sun" : "moon"} size={20} />
          {theme.value === "night" ? "Day theme" : "Night theme"}
        </button>
        {mayEnd && (
          <button type="button" class="button" onClick={end}>
            {sure.value ? "Yes, end now and keep the score" : "End the match"}
          </button>
        )}
        <button type="button" class="button" onClick={onLeave}>
          Leave the room
        </button>
        {crew.scrapeToken !== null && (
          <CopyButton
            label="Copy the Prometheus scrape config"
            text={scrapeConfig(crew.code, crew.scrapeToken, window.location)}
          />
        )}
      </div>
      <KeyList />
    </Dialog>
  );
}
