import "../../styles/levelFacts.css";
import type { Debrief } from "../../../shared/match/debrief.ts";
import { Star } from "../../marks/star.tsx";
import { moneyText } from "../figures.ts";
import { Plane } from "../plane.tsx";

/** Where the match went on the plane, and what each star asked for. */
export function PlanePanel({ debrief }: { readonly debrief: Debrief }) {
  const { level, trail, stars, spent } = debrief;
  return (
    <section class="plane-panel panel" aria-labelledby="plane-title">
      <header>
        <h2 id="plane-title">Availability × correctness</h2>
        <p class="quiet">
          <i class="inside-key" /> inside both SLOs
        </p>
      </header>
      <Plane
        trail={trail}
        availabilitySlo={level.availabilitySlo}
        correctnessSlo={level.correctnessSlo}
        width={390}
        height={180}
        labelled
      />
      <ul class="asks">
        {stars.map(({ asks, won }) => (
          <li key={asks}>
            <Star won={won} size={20} />
            <span>
              {asks}
              <span class="spoken">{won ? ", won" : ", not won"}</span>
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        Spent <b class="mono">{moneyText(spent)}</b>, par <b class="mono">{moneyText(level.parSpend)}</b>
      </p>
    </section>
  );
}
