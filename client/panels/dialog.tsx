import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../marks/glyph.tsx";

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  onClose(): void;
}

/** A window over the page: focus stays inside, Escape and a click beside it close it. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <header class="dialog-header">
        <h2 class="title">{title}</h2>
        <button type="button" class="button square" aria-label="Close" onClick={onClose}>
          <Glyph name="cross" size={20} />
        </button>
      </header>
      {children}
    </dialog>
  );
}
