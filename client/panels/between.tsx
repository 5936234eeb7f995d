import type { ComponentChildren } from "preact";

/** A screen between screens: one sentence, and the ways on. */
export function Between({ title, sentence, waiting = false, children }: BetweenProps) {
  return (
    <main class="between" aria-busy={waiting}>
      {title !== undefined && <h1>{title}</h1>}
      <p role={waiting ? "status" : "alert"}>
        {waiting && <span class="waiting" />} {sentence}
      </p>
      {children !== undefined && <div class="between-doors">{children}</div>}
    </main>
  );
}

interface BetweenProps {
  readonly title?: string;
  readonly sentence: string;
  readonly waiting?: boolean;
  readonly children?: ComponentChildren;
}
