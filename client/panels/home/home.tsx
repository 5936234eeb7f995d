import { useSignal } from "@preact/signals";
import { parseCode } from "../../../shared/wire/code.ts";
import { isUnreadable, lookUpRoom } from "../../session/directory.ts";
import { compact } from "../compact.ts";
import type { Doors } from "../doors.ts";
import { MatchFileDoor } from "../replay/matchFileDoor.tsx";
import { ThemeButton } from "../themeButton.tsx";
import { CodeField, EntryCard, type Errand } from "./entryCard.tsx";
import { EarlierSeat } from "./earlierSeat.tsx";
import { Scenery } from "./scenery.tsx";

interface HomeProps {
  readonly doors: Doors;
  /** Code from the address, to be joined only once a name is given. */
  readonly invited: string | null;
  onLevels(): void;
}

/** The first screen: play alone, host, or join by code. */
export function Home({ doors, invited, onLevels }: HomeProps) {
  const errand = useSignal<Errand | null>(invited === null ? null : { kind: "join", code: invited });
  const turnTo = (next: Errand | null): void => {
    doors.forgive();
    errand.value = next;
  };
  return (
    <main class={errand.value === null ? "home" : "home with-card"}>
      <Scenery narrow={compact.value} />
      <ThemeButton />
      <header class="home-title">
        <h1>
          Split <span>Brain</span>
        </h1>
        <p>Keep a distributed system up, and right.</p>
      </header>
      <div class="home-doors">
        {errand.value === null ? (
          <>
            <EarlierSeat doors={doors} />
            <Dock onLevels={onLevels} onErrand={turnTo} />
            <MatchFileDoor />
          </>
        ) : (
          <EntryCard errand={errand.value} doors={doors} onBack={() => turnTo(null)} />
        )}
      </div>
    </main>
  );
}

function Dock({ onLevels, onErrand }: { onLevels(): void; onErrand(errand: Errand): void }) {
  const code = useSignal("");
  const complaint = useSignal("");
  const looking = useSignal(false);
  const join = async (event: Event): Promise<void> => {
    event.preventDefault();
    const parsed = parseCode(code.value);
    complaint.value = parsed === null ? "A code is four letters and three digits, such as KELP-472." : "";
    if (parsed === null || looking.value) return;
    looking.value = true;
    const room = await lookUpRoom(parsed);
    looking.value = false;
    if (isUnreadable(room)) complaint.value = room.sentence;
    else onErrand({ kind: "join", code: parsed });
  };
  return (
    <div class="dock panel">
      <button type="button" class="button primary" onClick={onLevels}>
        Play alone
      </button>
      <button type="button" class="button" onClick={() => onErrand({ kind: "host" })}>
        Host
      </button>
      <form class="dock-code" onSubmit={(event) => void join(event)}>
        <label for="dock-code">Code</label>
        <CodeField
          id="dock-code"
          code={code.value}
          wrong={complaint.value !== ""}
          onInput={(text) => (code.value = text)}
        />
        <button type="submit" class="button" aria-busy={looking.value}>
          {looking.value && <span class="waiting" />} Join
        </button>
      </form>
      <p class="complaint" id="code-notice" role="alert">
        {complaint.value}
      </p>
    </div>
  );
}
