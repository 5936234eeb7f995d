import type { NodeView, View } from "../../../../shared/match/view.ts";
import { counted, moneyText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { nodeName } from "../levelName.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { Choice } from "./choice.tsx";

interface NodeSettingProps {
  readonly view: View;
  readonly helm: Helm;
  readonly node: NodeView;
}

/** The sizes that a node comes in, each with its price. */
export function SizeVerb({ view, helm, node, at }: NodeSettingProps & { readonly at: number }) {
  const call = whoseCall(view, "resize");
  if (call.kind === "absent" || node.sizes.length < 2) return null;
  const control = `resize n${at}`;
  return (
    <>
      <Choice
        label="Size"
        options={node.sizes.map((size, index) => ({
          value: String(index),
          words: `${counted(size.workers, "worker")}, ${moneyText(size.pricePerMinute)}/min`,
        }))}
        chosen={String(node.size)}
        theirs={call.kind === "theirs" ? call.words : null}
        onChoose={(size) => void helm.wish({ verb: "resize", node: nodeName(node), size: Number(size) }, control)}
      />
      <Refusal helm={helm} control={control} />
    </>
  );
}

const WEIGHTS = [1, 0.75, 0.5, 0.25, 0.1] as const;

/** The share of its fair load that balancers send to a node. */
export function WeightVerb({ view, helm, node }: NodeSettingProps) {
  const call = whoseCall(view, "weight");
  if (call.kind === "absent") return null;
  const weights = WEIGHTS.some((weight) => weight === node.weight) ? WEIGHTS : [...WEIGHTS, node.weight];
  return (
    <>
      <Choice
        label="Weight"
        options={weights.map((weight) => ({
          value: String(weight),
          words: `${Math.round(weight * 100)}% of its fair share`,
        }))}
        chosen={String(node.weight)}
        theirs={call.kind === "theirs" ? call.words : null}
        onChoose={(weight) =>
          void helm.wish({ verb: "weight", node: nodeName(node), weight: Number(weight) }, "weight")
        }
      />
      <Refusal helm={helm} control="weight" />
    </>
  );
}
