import type { Doors } from "../doors.ts";

/** The way back to a seat of an earlier visit; when it is open in another tab, the way to bring it here. */
export function EarlierSeat({ doors }: { readonly doors: Doors }) {
  const ticket = doors.earlier.value;
  const shut = doors.refused.value;
  if (ticket === null && shut === null) return null;
  return (
    <div class="earlier panel" role="status">
      {shut !== null && <p class="complaint">{shut.sentence}</p>}
      {ticket !== null && (
        <button
          type="button"
          class="button"
          disabled={doors.busy.value}
          onClick={() => doors.takeUp(ticket, shut?.elsewhere ?? false)}
        >
          {doors.busy.value && <span class="waiting" />}
          {shut?.elsewhere === true ? "Play here instead" : `Back to your seat in ${ticket.code}`}
        </button>
      )}
    </div>
  );
}
