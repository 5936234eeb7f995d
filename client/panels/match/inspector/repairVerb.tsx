import type { View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { zoneName } from "../levelName.ts";
import { VerbButton } from "./verbButton.tsx";

/** Send a repair crew to a link; how many are free is said, because they are few. */
export function RepairVerb({
  view,
  helm,
  link: at,
}: {
  readonly view: View;
  readonly helm: Helm;
  readonly link: number;
}) {
  const link = view.links[at]!;
  const [a, b] = [zoneName(view.zones[link.a]!), zoneName(view.zones[link.b]!)];
  return (
    <VerbButton
      view={view}
      helm={helm}
      glyph="repair"
      title={`Repair ${a}–${b}`}
      note={`${view.crews.free} of ${view.crews.total} crews free`}
      intent={{ verb: "repairLink", a, b }}
      at={`l${at}`}
    />
  );
}
