import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** A screen whose code is fetched when it is first shown, or before, when there is time. */
export interface Deferred<Props> {
  readonly Screen: ComponentType<Props>;
  /** Begins fetching; safe to call at any time. */
  fetch(): void;
}

/** Defers a screen. What is shown meanwhile says so, and offers another try when the network failed. */
export function deferred<Props extends object>(load: () => Promise<ComponentType<Props>>): Deferred<Props> {
  const loaded = signal<ComponentType<Props> | null>(null);
  const failed = signal(false);
  let fetching = false;
  const fetch = (): void => {
    if (fetching) return;
    fetching = true;
    failed.value = false;
    load().then(
      (screen) => (loaded.value = screen),
      () => {
        fetching = false;
        failed.value = true;
      },
    );
  };
  function Screen(props: Props) {
    const Loaded = loaded.value;
    if (Loaded !== null) return <Loaded {...props} />;
    if (!failed.value) fetch();
    return (
      <main class="between" aria-busy={!failed.value}>
        {failed.value ? (
          <>
            <p>This part of the page could not be fetched.</p>
            <button type="button" class="button" onClick={fetch}>
              Try again
            </button>
          </>
        ) : (
          <p role="status">
            <span class="waiting" /> One moment…
          </p>
        )}
      </main>
    );
  }
  return { Screen, fetch };
}
