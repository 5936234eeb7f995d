import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { parseCode } from "../../../shared/wire/code.ts";
import { Glyph } from "../../marks/glyph.tsx";
import { isUnreadable, lookUpRoom } from "../../session/directory.ts";
import { curriculum } from "../curriculum.ts";
import { NAME_LETTERS_MAX, offeredName, spunName } from "../names.ts";
import type { Doors } from "../doors.ts";

/** Why somebody opens the card: to make a room, or to sit down in one. */
export type Errand = { readonly kind: "host" } | { readonly kind: "join"; readonly code: string };

interface EntryCardProps {
  readonly errand: Errand;
  readonly doors: Doors;
  onBack(): void;
}

/** The last step before a room: a name that is offered, and for joining the code. */
export function EntryCard({ errand, doors, onBack }: EntryCardProps) {
  const name = useSignal(offeredName());
  const code = useSignal(errand.kind === "join" ? errand.code : "");
  const notice = useRoomNotice(errand.kind === "join" ? code.value : null);
  const host = errand.kind === "host";
  useEffect(() => curriculum.fetch(), []);
  const busy = doors.busy.value;
  const enter = (event: Event): void => {
    event.preventDefault();
    if (name.value.trim() === "" || busy) return;
    if (host) doors.host(name.value.trim(), curriculum.firstForCrew());
    else doors.join(parseCode(code.value) ?? code.value, name.value.trim());
  };
  return (
    <form class="entry panel" onSubmit={enter}>
      <h2 class="title">{host ? "Host a shift" : "Join a room"}</h2>
      {!host && (
        <label class="entry-code">
          <span>Code</span>
          <CodeField code={code.value} onInput={(text) => (code.value = text)} wrong={notice?.found === false} />
        </label>
      )}
      {notice !== null && (
        <p class={notice.found ? "entry-found" : "complaint"} id="code-notice" role="status">
          {notice.found && <Glyph name="check" size={20} />} {notice.sentence}
        </p>
      )}
      <label class="entry-name">
        <span>
          Your name <em>offered, or type your own</em>
        </span>
        <input
          class="field"
          name="name"
          value={name.value}
          maxLength={NAME_LETTERS_MAX}
          autoComplete="off"
          required
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <button type="button" class="button entry-spin" onClick={() => (name.value = spunName(name.value))}>
        <Glyph name="spin" /> Spin
      </button>
      <Complaint doors={doors} />
      <footer>
        <button type="button" class="button" onClick={onBack}>
          Back
        </button>
        <button
          type="submit"
          class="button primary"
          disabled={busy || name.value.trim() === "" || notice?.found === false}
        >
          {busy && <span class="waiting" />} {host ? "Open the room" : "Join"}
        </button>
      </footer>
    </form>
  );
}

/** What went wrong at the door, beside what asked, with the way out where there is one. */
function Complaint({ doors }: { doors: Doors }) {
  const refused = doors.refused.value;
  return (
    <p class="complaint" role="alert">
      {refused?.sentence}
    </p>
  );
}

interface CodeFieldProps {
  readonly code: string;
  readonly wrong?: boolean;
  readonly id?: string;
  onInput(text: string): void;
}

/** The field for a spoken code; case, spaces and dash are forgiven. */
export function CodeField({ code, wrong = false, id, onInput }: CodeFieldProps) {
  return (
    <input
      class="field mono code-field"
      name="code"
      {...(id === undefined ? {} : { id })}
      value={code}
      placeholder="KELP-472"
      maxLength={12}
      autoComplete="off"
      autoCapitalize="characters"
      spellcheck={false}
      aria-invalid={wrong}
      aria-describedby="code-notice"
      onInput={(event) => onInput(event.currentTarget.value.toUpperCase())}
    />
  );
}

interface Notice {
  readonly found: boolean;
  readonly sentence: string;
}

/** Looks a code up as soon as it is whole; null while there is nothing to say. */
function useRoomNotice(text: string | null): Notice | null {
  const notice = useSignal<Notice | null>(null);
  const code = text === null ? null : parseCode(text);
  useEffect(() => {
    notice.value = null;
    if (code === null) return undefined;
    let current = true;
    void lookUpRoom(code).then((room) => {
      if (!current) return;
      notice.value = isUnreadable(room)
        ? { found: false, sentence: room.sentence }
        : { found: true, sentence: `Room found: ${room.title}, ${room.seats} of ${room.seatsMax} seats taken` };
    });
    return () => {
      current = false;
    };
  }, [code]);
  return notice.value;
}
