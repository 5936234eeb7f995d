import type { Role } from "../../../shared/match/roles.ts";
import { ROLE_CARDS } from "../../../shared/match/roles.ts";

/** The 3-2-1 over the lobby, with a last word on what this person will hold. */
export function Countdown({ seconds, roles }: { readonly seconds: number; readonly roles: readonly Role[] }) {
  return (
    <div class="countdown" role="status" aria-live="assertive">
      <strong class="mono">{Math.max(1, seconds)}</strong>
      <p>{`You are ${roles.map((role) => ROLE_CARDS[role].title).join(" and ")}.`}</p>
    </div>
  );
}
