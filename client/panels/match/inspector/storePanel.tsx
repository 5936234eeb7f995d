import type { ComponentView, QuorumView, View } from "../../../../shared/match/view.ts";
import { useSignal } from "@preact/signals";
import { ConsistencyDial } from "../dial/dial.tsx";
import { isTurnable } from "../dial/stopWords.ts";
import type { Helm } from "../helm.ts";
import { nodeName } from "../levelName.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { ComponentFacts } from "./componentFacts.tsx";
import { Leadership } from "./leadership.tsx";
import { Stepper } from "./stepper.tsx";
import { VerbButton } from "./verbButton.tsx";
import { ReplicaRows } from "./replicaRows.tsx";
import { RemedyVerbs } from "./remedyVerbs.tsx";

interface StorePanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly store: ComponentView;
  /** Index of the store among the components. */
  readonly at: number;
}

/** A store: its replicas, its dial, its quorums, and the verbs that mend it. */
export function StorePanel({ view, helm, store, at }: StorePanelProps) {
  const { dial } = store;
  return (
    <>
      <ReplicaRows view={view} helm={helm} store={at} />
      {dial !== null && isTurnable(dial) ? (
        <ConsistencyDial key={store.name} view={view} helm={helm} store={store} dial={dial} />
      ) : (
        <ComponentFacts component={store} promised={dial?.promised} />
      )}
      <div class="verbs">
        <Promotions view={view} helm={helm} store={store} at={at} />
        <Leadership view={view} helm={helm} store={store} at={at} />
        <RemedyVerbs view={view} helm={helm} store={at} />
      </div>
      {store.quorum !== null && (
        <Quorums key={`${store.name} quorum`} view={view} helm={helm} store={store} quorum={store.quorum} />
      )}
    </>
  );
}

/** Promote whichever reachable backup is least behind; every other one can be promoted at its own node. */
function Promotions({ view, helm, store, at }: StorePanelProps) {
  const candidates = view.nodes
    .flatMap((node, index) =>
      node.replicas
        .filter((replica) => replica.store === at && replica.role === "backup")
        .map((replica) => ({ node, index, replica })),
    )
    .filter(({ node }) => node.status === "up" || node.status === "slow")
    .toSorted((a, b) => a.replica.behind - b.replica.behind);
  const best = candidates[0];
  if (best === undefined) return null;
  return (
    <VerbButton
      view={view}
      helm={helm}
      glyph="pennant"
      title={`Promote ${best.node.name}`}
      note={best.replica.behind === 0 ? "up to date" : `${best.replica.behind} behind`}
      intent={{ verb: "promote", store: store.name, node: nodeName(best.node) }}
      at={`n${best.index}`}
    />
  );
}

/** How many replicas must answer a read and acknowledge a write; whether the two overlap is said beside them. */
function Quorums({ view, helm, store, quorum }: Omit<StorePanelProps, "at"> & { quorum: QuorumView }) {
  const read = useSignal(quorum.readQuorum);
  const write = useSignal(quorum.writeQuorum);
  const call = whoseCall(view, "quorum");
  if (call.kind === "absent") return null;
  const max = quorum.replicationFactor;
  const overlap = read.value + write.value > max;
  const changed = read.value !== quorum.readQuorum || write.value !== quorum.writeQuorum;
  return (
    <section class="quorums" aria-labelledby="quorum-title">
      <h3 id="quorum-title">Quorums</h3>
      <Stepper
        label="Read quorum"
        value={read.value}
        min={1}
        max={max}
        disabled={call.kind === "theirs"}
        onChange={(next) => (read.value = next)}
      />
      <Stepper
        label="Write quorum"
        value={write.value}
        min={1}
        max={max}
        disabled={call.kind === "theirs"}
        onChange={(next) => (write.value = next)}
      />
      <p class="quiet">
        {`${read.value} + ${write.value} ${overlap ? ">" : "≤"} ${max}: reads ${overlap ? "overlap" : "may miss"} the newest write`}
      </p>
      {call.kind === "theirs" ? (
        <p class="their-call">{call.words}</p>
      ) : (
        <button
          type="button"
          class="button primary"
          disabled={!changed}
          onClick={() =>
            void helm.wish(
              { verb: "quorum", store: store.name, readQuorum: read.value, writeQuorum: write.value },
              "quorum",
            )
          }
        >
          Set
        </button>
      )}
      <Refusal helm={helm} control="quorum" />
    </section>
  );
}
