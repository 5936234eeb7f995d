import { useSignal } from "@preact/signals";
import type { CallPolicyView, ComponentView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { ComponentFacts } from "./componentFacts.tsx";
import { Stepper } from "./stepper.tsx";

interface ServicePanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly service: ComponentView;
}

/** A service: how it calls on, and how long a queue it lets grow. */
export function ServicePanel({ view, helm, service }: ServicePanelProps) {
  return (
    <>
      <ComponentFacts component={service} />
      {service.calls !== null && (
        <>
          <CallPolicy key={service.name} view={view} helm={helm} service={service} calls={service.calls} />
          <Shedding key={`${service.name} shed`} view={view} helm={helm} service={service} calls={service.calls} />
        </>
      )}
    </>
  );
}

type CallsProps = ServicePanelProps & { readonly calls: CallPolicyView };

/** Timeout, attempts and backoff are set together, because each alone can start a storm. */
function CallPolicy({ view, helm, service, calls }: CallsProps) {
  const timeoutMs = useSignal(calls.timeoutMs);
  const attempts = useSignal(calls.attempts);
  const backoffMs = useSignal(calls.backoffMs);
  const call = whoseCall(view, "callPolicy");
  if (call.kind === "absent") return null;
  const theirs = call.kind === "theirs";
  const wished = { timeoutMs: timeoutMs.value, attempts: attempts.value, backoffMs: backoffMs.value };
  const changed =
    wished.timeoutMs !== calls.timeoutMs || wished.attempts !== calls.attempts || wished.backoffMs !== calls.backoffMs;
  return (
    <section class="call-policy" aria-label="Call policy">
      <h3>Calls</h3>
      <Stepper
        label="Timeout"
        unit="ms"
        step={50}
        min={50}
        max={5_000}
        value={timeoutMs.value}
        disabled={theirs}
        onChange={(next) => (timeoutMs.value = next)}
      />
      <Stepper
        label="Attempts"
        min={1}
        max={10}
        value={attempts.value}
        disabled={theirs}
        onChange={(next) => (attempts.value = next)}
      />
      <Stepper
        label="Backoff"
        unit="ms"
        step={25}
        min={0}
        max={2_000}
        value={backoffMs.value}
        disabled={theirs}
        onChange={(next) => (backoffMs.value = next)}
      />
      {theirs ? (
        <p class="their-call">{call.words}</p>
      ) : (
        <button
          type="button"
          class="button primary"
          disabled={!changed}
          onClick={() => void helm.wish({ verb: "callPolicy", service: service.name, ...wished }, "callPolicy")}
        >
          Set
        </button>
      )}
      <Refusal helm={helm} control="callPolicy" />
    </section>
  );
}

/** A shorter queue refuses early instead of answering too late. */
function Shedding({ view, helm, service, calls }: CallsProps) {
  const cap = useSignal(calls.queueCap);
  const call = whoseCall(view, "shed");
  if (call.kind === "absent") return null;
  const theirs = call.kind === "theirs";
  return (
    <section class="call-policy" aria-label="Shedding">
      <h3>Shed load</h3>
      <Stepper
        label="Longest queue"
        step={4}
        min={0}
        max={512}
        value={cap.value}
        disabled={theirs}
        onChange={(next) => (cap.value = next)}
      />
      {theirs ? (
        <p class="their-call">{call.words}</p>
      ) : (
        <button
          type="button"
          class="button primary"
          disabled={cap.value === calls.queueCap}
          onClick={() => void helm.wish({ verb: "shed", component: service.name, queueCap: cap.value }, "shed")}
        >
          Set
        </button>
      )}
      <Refusal helm={helm} control="shed" />
    </section>
  );
}
