import type { NodeView, View } from "../../../../shared/match/view.ts";
import { moneyText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { nodeName } from "../levelName.ts";
import { Courses } from "./courses.tsx";
import { FenceVerb } from "./remedyVerbs.tsx";
import { ReplicaState } from "./replicaRows.tsx";
import { SizeVerb, WeightVerb } from "./nodeSettings.tsx";
import { VerbButton } from "./verbButton.tsx";

interface NodePanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly node: NodeView;
  readonly at: number;
}

/** A node as monitoring last saw it, with all that can be done to it. */
export function NodePanel({ view, helm, node, at }: NodePanelProps) {
  return (
    <>
      <NodeFacts node={node} />
      <ul class="replicas" aria-label="Replicas on this node">
        {node.replicas.map((replica) => (
          <li key={`${replica.store} ${replica.shard}`}>
            <button type="button" onClick={() => helm.select(`c${replica.store}`)}>
              <strong>{view.components[replica.store]?.name}</strong>
              <span class="quiet">{replica.term > 0 ? `term ${replica.term}` : ""}</span>
              <Courses behind={replica.behind} />
              <ReplicaState node={node} replica={replica} />
            </button>
          </li>
        ))}
      </ul>
      {node.failing > 0 && <p class="complaint">{`${node.failing} failed here in 5 s: ${node.failingWhy}`}</p>}
      {node.wrong > 0 && <p class="complaint">{`${node.wrong} wrong answers were given here`}</p>}
      <div class="verbs">
        {node.replicas
          .filter(({ role }) => role === "backup")
          .map((replica) => (
            <VerbButton
              key={replica.store}
              view={view}
              helm={helm}
              glyph="pennant"
              title="Promote"
              note={`in ${view.components[replica.store]?.name ?? ""}`}
              intent={{ verb: "promote", store: view.components[replica.store]?.name ?? "", node: nodeName(node) }}
              at={`n${at}`}
            />
          ))}
        <FenceVerb view={view} helm={helm} node={at} />
        <VerbButton
          view={view}
          helm={helm}
          glyph="restart"
          title="Restart"
          note="loses its memory"
          intent={{ verb: "restart", node: nodeName(node) }}
          at={`n${at}`}
        />
        <VerbButton
          view={view}
          helm={helm}
          glyph="power"
          title={node.status === "off" ? "Switch on" : "Switch off"}
          note={`${moneyText(node.pricePerMinute)}/min`}
          intent={{ verb: "power", node: nodeName(node), on: node.status === "off" }}
          at={`n${at}`}
        />
        <VerbButton
          view={view}
          helm={helm}
          glyph="drain"
          title={node.drained ? "Undrain" : "Drain"}
          note={node.drained ? "send it new requests" : "nothing new goes there"}
          intent={{ verb: "drain", node: nodeName(node), drained: !node.drained }}
        />
      </div>
      <SizeVerb view={view} helm={helm} node={node} at={at} />
      <WeightVerb view={view} helm={helm} node={node} />
    </>
  );
}

function NodeFacts({ node }: { node: NodeView }) {
  const seen = node.status === "unknown" ? `${Math.round(node.lastSeenMsAgo / 1_000)} s ago` : "now";
  return (
    <dl class="place-facts">
      <dt>State</dt>
      <dd class={node.status === "up" ? "" : "bad"}>{`${node.status}${node.drained ? ", drained" : ""}`}</dd>
      <dt>Last seen</dt>
      <dd class="mono">{seen}</dd>
      <dt>CPU busy</dt>
      <dd class="mono">{`${Math.round(node.utilisation * 100)}% of ${node.workers}`}</dd>
      <dt>Queue</dt>
      <dd class="mono">{`${node.queueDepth} of ${node.queueCap}`}</dd>
      <dt>Price</dt>
      <dd class="mono">{`${moneyText(node.pricePerMinute)}/min`}</dd>
      <dt>Runs</dt>
      <dd>{node.hosts.join(", ") || "replicas only"}</dd>
    </dl>
  );
}
