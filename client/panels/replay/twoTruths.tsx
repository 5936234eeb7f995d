import { useComputed } from "@preact/signals";
import type { View } from "../../../shared/match/view.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import type { Frame } from "../../session/rerun.ts";
import { compare } from "./compare.ts";
import { byWeight, isLost } from "./inFlight.ts";
import type { Playback } from "./playback.ts";

interface TwoTruthsProps {
  readonly playback: Playback;
  readonly selected: string | null;
  onClose(): void;
}

/** The selected place by both accounts; while none is selected, the messages under way in words. */
export function TwoTruths({ playback, selected, onClose }: TwoTruthsProps) {
  const frame = useComputed(() => playback.frame.value).value;
  if (frame === null) return <section class="two-truths panel" aria-label="Two truths" />;
  if (selected === null) return <InFlight frame={frame} playing={playback.playing.value} />;
  const { title, figures } = compare(frame, selected);
  return (
    <section class="two-truths panel" aria-label="Two truths">
      <h2>{title}</h2>
      <div class="two-truths-scroll" tabIndex={0} role="group" aria-label={`${title} by both accounts`}>
        <table>
          <thead>
            <tr>
              <td />
              {figures.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(["truth", "monitoring"] as const).map((account) => (
              <tr key={account}>
                <th scope="row">{account === "truth" ? "Truth" : "Monitoring"}</th>
                {figures.map((figure) => (
                  <td key={figure.name} class={figure.truth === figure.monitoring ? "" : "differs"}>
                    {figure[account]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" class="button square" aria-label="Close" onClick={onClose}>
        <Glyph name="cross" size={20} />
      </button>
    </section>
  );
}

function InFlight({ frame, playing }: { frame: Frame; playing: boolean }) {
  const { messages, truth } = frame;
  return (
    <section class="two-truths panel" aria-label="Two truths">
      <p class="quiet">Choose a place on a map to compare what was true there with what operators saw.</p>
      {!playing && messages.length > 0 && (
        <ul class="in-flight" aria-label="Messages in flight" tabIndex={0}>
          {byWeight(messages).map(({ from, to, words, sentAtMs, fate }, at) => (
            <li key={at} class={isLost({ fate } as Frame["messages"][number]) ? "lost" : ""}>
              <strong>{arrowed(words)}</strong> {arrowed(`${placeWords(truth, from)} → ${placeWords(truth, to)}`)}
              <span class="quiet">{` ${Math.round(frame.atMs - sentAtMs)} ms ago`}</span>
              {fate === "arrived" ? "" : `, ${fate}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function placeWords(view: View, place: string): string {
  const at = Number(place.slice(1));
  if (place.startsWith("n")) return view.nodes[at]?.name ?? place;
  return `clients of ${view.zones[at]?.name ?? place}`;
}
