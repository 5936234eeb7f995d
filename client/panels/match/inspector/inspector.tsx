import type { ComponentView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { zoneName, zoneWords } from "../levelName.ts";
import { Refusal } from "../refusal.tsx";
import { BalancerPanel } from "./balancerPanel.tsx";
import { ClaimPanel } from "./claimPanel.tsx";
import { ComponentFacts } from "./componentFacts.tsx";
import { GaugeFacts } from "./gaugeFacts.tsx";
import { Instruments } from "./instruments.tsx";
import { LinkPanel } from "./linkPanel.tsx";
import { NodePanel } from "./nodePanel.tsx";
import { Orders } from "./orders.tsx";
import { Ownership } from "./ownership.tsx";
import { ScaleVerb } from "./scaleVerb.tsx";
import { ServicePanel } from "./servicePanel.tsx";
import { Settings } from "./settings.tsx";
import { StorePanel } from "./storePanel.tsx";
import { Waterfalls } from "./waterfall.tsx";
import { ZonePanel } from "./zonePanel.tsx";

interface InspectorProps {
  readonly view: View;
  readonly helm: Helm;
}

/** What is known of the selected thing, and what can be done about it. */
export function Inspector({ view, helm }: InspectorProps) {
  const selected = helm.selected.value;
  const about = aboutOf(view, selected);
  return (
    <aside class="inspector" aria-label="Inspector" data-coach="inspector">
      {view.components.length > 1 && <ComponentTabs view={view} helm={helm} />}
      <header class="inspector-title">
        <h2 class="title">{about.title}</h2>
        <p class="quiet">{about.note}</p>
        <button type="button" class="button ping-button" onClick={() => (helm.pinging.value = selected)}>
          Ping
        </button>
      </header>
      <Refusal helm={helm} control="ping" />
      <Selected view={view} helm={helm} selected={selected} />
    </aside>
  );
}

/** Components have no place on the map, so they are reached by name. */
function ComponentTabs({ view, helm }: InspectorProps) {
  return (
    <nav class="component-tabs" aria-label="Components">
      {view.components.map((component, at) => (
        <button
          key={component.name}
          type="button"
          class={component.errorsPerSecond > 0 ? "failing" : ""}
          aria-pressed={helm.selected.value === `c${at}`}
          onClick={() => helm.select(`c${at}`)}
        >
          {component.name}
        </button>
      ))}
    </nav>
  );
}

function Selected({ view, helm, selected }: InspectorProps & { selected: string }) {
  const at = Number(selected.slice(1));
  switch (selected.slice(0, 1)) {
    case "n": {
      const node = view.nodes[at];
      return node === undefined ? null : <NodePanel key={selected} view={view} helm={helm} node={node} at={at} />;
    }
    case "z": {
      const zone = view.zones[at];
      return zone === undefined ? null : <ZonePanel view={view} helm={helm} zone={zone} at={at} />;
    }
    case "l": {
      const link = view.links[at];
      return link === undefined ? null : <LinkPanel view={view} helm={helm} link={link} at={at} />;
    }
    default:
      return <Component view={view} helm={helm} at={at} />;
  }
}

/** Every component shows its figures, settings and orders alike; some have controls of their own before them. */
function Component({ view, helm, at }: InspectorProps & { at: number }) {
  const component = view.components[at];
  if (component === undefined) return null;
  return (
    <>
      <OwnControls view={view} helm={helm} component={component} at={at} />
      <GaugeFacts gauges={component.gauges} />
      <Waterfalls view={view} component={component.name} />
      <Instruments view={view} helm={helm} component={component} />
      <Ownership view={view} helm={helm} component={component} />
      <Orders view={view} helm={helm} component={component} />
      <ScaleVerb view={view} helm={helm} component={component} />
      <Settings view={view} helm={helm} component={component} />
      <ClaimPanel view={view} helm={helm} component={component} />
    </>
  );
}

function OwnControls({ view, helm, component, at }: InspectorProps & { component: ComponentView; at: number }) {
  if (component.kind === "store") return <StorePanel view={view} helm={helm} store={component} at={at} />;
  if (component.kind === "service") return <ServicePanel view={view} helm={helm} service={component} />;
  if (component.kind === "balancer") return <BalancerPanel view={view} helm={helm} balancer={component} />;
  return <ComponentFacts component={component} />;
}

function aboutOf(view: View, selected: string): { readonly title: string; readonly note: string } {
  const at = Number(selected.slice(1));
  const node = view.nodes[at];
  const zone = view.zones[at];
  const link = view.links[at];
  if (selected.startsWith("n") && node !== undefined)
    return { title: node.name, note: `node · ${zoneWords(view.zones[node.zone])}` };
  if (selected.startsWith("z") && zone !== undefined) return { title: `Zone ${zoneName(zone)}`, note: "its clients" };
  if (selected.startsWith("l") && link !== undefined) {
    return { title: `${zoneName(view.zones[link.a]!)}–${zoneName(view.zones[link.b]!)}`, note: "link" };
  }
  const component = view.components[at];
  return { title: component?.name ?? "", note: component?.about ?? "" };
}
