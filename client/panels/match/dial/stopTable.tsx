import type { CutOff, DialStopView, DialView } from "../../../../shared/match/view.ts";
import { BoatIcon } from "../../../marks/boat.tsx";
import { msText } from "../../figures.ts";
import { stopWords } from "./stopWords.ts";

interface StopTableProps {
  readonly dial: DialView;
  readonly aimed: number;
  onAim(stop: number): void;
}

/** What each stop costs: latency from this level's own topology, what the cut-off side still serves, and the price. */
export function StopTable({ dial, aimed, onAim }: StopTableProps) {
  const set = dial.turningTo >= 0 ? dial.turningTo : dial.at;
  return (
    <table class="stops">
      <thead>
        <tr>
          <th scope="col">
            <span class="spoken">Stop</span>
          </th>
          <th scope="col">
            read ms <small>p50/p99</small>
          </th>
          <th scope="col">
            write ms <small>p50/p99</small>
          </th>
          <th scope="col">
            cut-off <small>side serves</small>
          </th>
          <th scope="col">
            price <small>$/min</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {dial.stops.map((stop, at) => (
          <tr key={stop.name} class={at === set ? "set" : at === aimed ? "aimed" : ""} onClick={() => onAim(at)}>
            <th scope="row">
              <i>{at + 1}</i> {stopWords(stop)}
              {at === dial.promisedAt && <span class="spoken"> (first to honour the promise)</span>}
            </th>
            <td class="mono">{pair(stop.readMsP50, stop.readMsP99)}</td>
            <td class="mono">{pair(stop.writeMsP50, stop.writeMsP99)}</td>
            <td>
              <CutOffSide stop={stop} />
            </td>
            <td class="mono price">{stop.pricePerMinute.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function pair(p50: number, p99: number) {
  return (
    <>
      <b>{msText(p50)}</b>/{msText(p99)}
    </>
  );
}

/** Reads as a hollow boat, writes as a filled one, struck through where they are refused. */
export function CutOffSide({ stop }: { readonly stop: DialStopView }) {
  return (
    <span class="cut-off">
      <BoatIcon
        cargo="read"
        struck={stop.cutOffReads === "refuses"}
        label={served("reads", stop.cutOffReads, stop.boundMs)}
      />
      {stop.cutOffReads === "bounded" && <small aria-hidden="true">{`${stop.boundMs / 1_000}s`}</small>}
      <BoatIcon
        cargo="write"
        struck={stop.cutOffWrites === "refuses"}
        label={served("writes", stop.cutOffWrites, stop.boundMs)}
      />
      {stop.cutOffWrites === "bounded" && <small aria-hidden="true">{`${stop.boundMs / 1_000}s`}</small>}
    </span>
  );
}

function served(what: string, cutOff: CutOff, boundMs: number): string {
  if (cutOff === "serves") return `${what} served`;
  return cutOff === "refuses" ? `${what} refused` : `${what} served for ${boundMs / 1_000} s`;
}
