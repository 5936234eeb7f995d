import type { ComponentView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { nodeName } from "../levelName.ts";
import { VerbButton } from "./verbButton.tsx";

interface LeadershipProps {
  readonly view: View;
  readonly helm: Helm;
  readonly store: ComponentView;
  /** Index of the store among the components. */
  readonly at: number;
}

/** Who leads may step down for the follower that has the most; spares may be let in, and lost members taken out. */
export function Leadership({ view, helm, store, at }: LeadershipProps) {
  const places = view.nodes.flatMap((node, index) =>
    node.replicas.filter((replica) => replica.store === at).map((replica) => ({ node, index, replica })),
  );
  const leader = places.find(({ replica }) => replica.role === "leader");
  const heir = places
    .filter(({ node, replica }) => replica.role === "follower" && node.status === "up")
    .toSorted((a, b) => a.replica.behind - b.replica.behind)[0];
  const learner = places.find(({ replica }) => replica.role === "learner");
  const lost = places.find(({ node, replica }) => replica.role === "follower" && node.status === "crashed");
  return (
    <>
      {leader !== undefined && heir !== undefined && (
        <VerbButton
          view={view}
          helm={helm}
          glyph="swap"
          title={`${leader.node.name} steps down`}
          note={`for ${heir.node.name}`}
          intent={{ verb: "stepDown", store: store.name, node: nodeName(leader.node), to: nodeName(heir.node) }}
          at={`n${leader.index}`}
        />
      )}
      {learner !== undefined && (
        <VerbButton
          view={view}
          helm={helm}
          glyph="team"
          title={`Let ${learner.node.name} vote`}
          note="once it has caught up"
          intent={{ verb: "member", store: store.name, node: nodeName(learner.node), joined: true }}
          at={`n${learner.index}`}
        />
      )}
      {lost !== undefined && (
        <VerbButton
          view={view}
          helm={helm}
          glyph="cross"
          title={`Take ${lost.node.name} out`}
          note="fewer make a majority"
          intent={{ verb: "member", store: store.name, node: nodeName(lost.node), joined: false }}
          at={`n${lost.index}`}
        />
      )}
    </>
  );
}
