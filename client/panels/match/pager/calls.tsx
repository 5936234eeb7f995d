import type { PingView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";

interface CallsProps {
  readonly view: View;
  readonly helm: Helm;
}

/** Calls of others that are still on the map, and what the crew says to them. */
export function Calls({ view, helm }: CallsProps) {
  const calls = view.operators.length < 2 ? [] : view.pings.filter(({ word }) => word !== "");
  if (calls.length === 0) return null;
  return (
    <ul class="calls" aria-label="Calls" aria-live="polite">
      {calls.map((ping) => (
        <Call key={ping.id} ping={ping} view={view} helm={helm} />
      ))}
    </ul>
  );
}

function Call({ ping, view, helm }: CallsProps & { readonly ping: PingView }) {
  const by = view.operators[ping.by]?.name ?? "somebody";
  const voted = (seats: readonly number[]): boolean => seats.includes(view.you);
  const vote = (aye: boolean): void => void helm.wish({ verb: "vote", ping: ping.id, aye }, "vote");
  return (
    <li>
      <button type="button" class="alert-text" onClick={() => helm.select(ping.at)}>
        {`${by}: ${ping.word}`}
      </button>
      {ping.by !== view.you && (
        <>
          <button type="button" class="take" aria-pressed={voted(ping.ayes)} onClick={() => vote(true)}>
            {`Aye ${ping.ayes.length}`}
          </button>
          <button type="button" class="take" aria-pressed={voted(ping.nays)} onClick={() => vote(false)}>
            {`Nay ${ping.nays.length}`}
          </button>
        </>
      )}
      {ping.by === view.you && <span class="quiet">{`${ping.ayes.length} ayes, ${ping.nays.length} nays`}</span>}
    </li>
  );
}
