import type { ComponentView, View } from "../../../../shared/match/view.ts";
import { counted } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { VerbButton } from "./verbButton.tsx";

interface ScaleVerbProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

/** One machine more or one less, among those that the component may stand on. */
export function ScaleVerb({ view, helm, component }: ScaleVerbProps) {
  const running = component.on.filter((node) => view.nodes[node]?.status !== "off").length;
  const at = `c${view.components.indexOf(component)}`;
  const verb = (instances: number, title: string, glyph: "size" | "drain") => (
    <VerbButton
      view={view}
      helm={helm}
      glyph={glyph}
      title={title}
      note={`${counted(running, "machine")} → ${instances}`}
      intent={{ verb: "scale", component: component.name, instances }}
      at={at}
    />
  );
  if (component.kind === "store" || component.on.length < 2) return null;
  return (
    <div class="verbs">
      {running < component.on.length && verb(running + 1, "Scale out", "size")}
      {running > 1 && verb(running - 1, "Scale in", "drain")}
    </div>
  );
}
