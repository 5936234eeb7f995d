import type { NodeView, ReplicaView, View } from "../../../../shared/match/view.ts";
import { countText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { zoneWords } from "../levelName.ts";
import { Courses } from "./courses.tsx";

interface ReplicaRowsProps {
  readonly view: View;
  readonly helm: Helm;
  /** Index of the store. */
  readonly store: number;
}

/** A store's replicas as monitoring last saw them: where, which role, how far behind. */
export function ReplicaRows({ view, helm, store }: ReplicaRowsProps) {
  const rows = view.nodes.flatMap((node, at) =>
    node.replicas.filter((replica) => replica.store === store).map((replica) => ({ node, at, replica })),
  );
  return (
    <ul class="replicas" aria-label="Replicas">
      {rows.map(({ node, at, replica }) => (
        <li key={`${at} ${replica.shard}`}>
          <button type="button" onClick={() => helm.select(`n${at}`)}>
            <strong>{node.name}</strong>
            <span class="quiet">{zoneWords(view.zones[node.zone])}</span>
            <Courses behind={replica.behind} />
            <ReplicaState node={node} replica={replica} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A replica's state in a few words, in the tone that it deserves. */
export function ReplicaState({ node, replica }: { readonly node: NodeView; readonly replica: ReplicaView }) {
  if (node.status !== "up" && node.status !== "slow") return <em class="bad mono">{node.status}</em>;
  if (replica.role === "leader" || replica.role === "primary") return <em class="leads mono">{replica.role}</em>;
  if (replica.behind >= 10)
    return <em class={replica.behind >= 250 ? "bad mono" : "mono"}>{`${countText(replica.behind)} behind`}</em>;
  return <em class="mono">{replica.behind > 0 ? `${replica.behind} behind` : "up to date"}</em>;
}
