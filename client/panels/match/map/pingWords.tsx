import { useEffect, useRef } from "preact/hooks";
import type { LivingMap } from "../../../scenes/mapScene.ts";
import type { Helm } from "../helm.ts";

/** What can be called across the map. */
export const PING_WORDS = ["look here", "stale reads", "cut off", "mine", "wait", "all clear"] as const;

interface PingWordsProps {
  readonly map: LivingMap | null;
  readonly helm: Helm;
}

/** The choice of a ping's word, beside the place that is pointed at. */
export function PingWords({ map, helm }: PingWordsProps) {
  const list = useRef<HTMLDivElement>(null);
  const at = helm.pinging.value;
  useEffect(() => {
    if (at !== null) list.current?.querySelector("button")?.focus();
  }, [at]);
  if (at === null) return null;
  const close = (): void => {
    helm.pinging.value = null;
  };
  const call = (word: string): void => {
    close();
    void helm.wish({ verb: "ping", at, word }, "ping");
  };
  return (
    <div
      class="ping-words"
      role="menu"
      aria-label="Call a word"
      ref={list}
      style={berth(map, at)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      {PING_WORDS.map((word) => (
        <button key={word} type="button" role="menuitem" class="button" onClick={() => call(word)}>
          {word}
        </button>
      ))}
      <button type="button" role="menuitem" class="button bare" onClick={close}>
        never mind
      </button>
    </div>
  );
}

/** Beside its place, and never over the map's edge. */
function berth(map: LivingMap | null, at: string): { left?: string; top?: string } {
  const place = map?.places().find((one) => one.place === at);
  if (place === undefined) return {};
  return {
    left: `clamp(8px, ${Math.round(place.x - 110)}px, calc(100% - 228px))`,
    top: `clamp(8px, ${Math.round(place.y + 24)}px, calc(100% - 250px))`,
  };
}
