import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

interface SpotlightProps {
  /** `data-coach` of the element to light up; empty for none. */
  readonly target: string;
}

const MARGIN = 6;

/** Dims everything but one element; nothing is blocked, and where there is no target nothing is dimmed. */
export function Spotlight({ target }: SpotlightProps) {
  const box = useSignal<DOMRect | null>(null);
  useEffect(() => {
    const measure = (): void => {
      box.value = document.querySelector(`[data-coach="${target}"]`)?.getBoundingClientRect() ?? null;
    };
    measure();
    const timer = window.setInterval(measure, 500);
    window.addEventListener("resize", measure);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("resize", measure);
    };
  }, [target]);
  const lit = box.value;
  if (lit === null) return null;
  return (
    <div
      class="spotlight"
      style={{
        left: `${lit.left - MARGIN}px`,
        top: `${lit.top - MARGIN}px`,
        width: `${lit.width + MARGIN * 2}px`,
        height: `${lit.height + MARGIN * 2}px`,
      }}
    />
  );
}
