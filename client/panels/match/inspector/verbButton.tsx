import type { Intent } from "../../../../shared/match/intent.ts";
import type { View } from "../../../../shared/match/view.ts";
import { arrowed } from "../../../marks/arrow.tsx";
import { Glyph, type GlyphName } from "../../../marks/glyph.tsx";
import type { Helm } from "../helm.ts";
import { whoseCall } from "../whoseCall.ts";

interface VerbButtonProps {
  readonly view: View;
  readonly helm: Helm;
  readonly glyph: GlyphName;
  readonly title: string;
  /** What it costs or takes, in a few words. */
  readonly note: string;
  readonly intent: Intent;
  /** Place of the map at which its job would be under way. */
  readonly at?: string;
}

/** One verb for what is selected. Verbs of other roles stay in sight, with whom to ask; verbs the level lacks are not shown. */
export function VerbButton({ view, helm, glyph, title, note, intent, at }: VerbButtonProps) {
  const call = whoseCall(view, intent.verb);
  if (call.kind === "absent") return null;
  const control = JSON.stringify(intent);
  const job = view.jobs.find((one) => one.at === at && one.text.startsWith(JOB_WORDS[intent.verb] ?? "\u0000"));
  const refused = helm.refused.value?.control === control ? helm.refused.value.sentence : null;
  const waiting = helm.waiting.value.has(control);
  return (
    <div class="verb">
      <button
        type="button"
        class="button"
        disabled={call.kind === "theirs"}
        aria-busy={waiting}
        onClick={() => void helm.wish(intent, control)}
      >
        <Glyph name={glyph} size={26} />
        <span>
          <strong>{title}</strong>
          <small>{call.kind === "theirs" ? call.words : arrowed(note)}</small>
        </span>
        {waiting && <span class="waiting" />}
      </button>
      {job !== undefined && (
        <progress aria-label={job.text} value={view.clockMs - job.fromMs} max={Math.max(1, job.untilMs - job.fromMs)} />
      )}
      <p class="refusal complaint" role="alert">
        {refused}
      </p>
    </div>
  );
}

/** How the job of a verb begins, as the match tells it, for the verbs that take a while. */
const JOB_WORDS: Partial<Record<Intent["verb"], string>> = {
  promote: "promotes",
  fence: "fences",
  restart: "restarts",
  resize: "resizes",
  repairLink: "sends a crew",
  route: "sends clients",
  power: "switches",
  scale: "scales",
  stepDown: "has",
  member: "",
};
