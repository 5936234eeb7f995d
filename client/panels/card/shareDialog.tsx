import "../../styles/card.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Debrief } from "../../../shared/match/debrief.ts";
import { CopyButton } from "../copyButton.tsx";
import { Dialog } from "../dialog.tsx";
import { saveBlob } from "../save.ts";
import { crewText, fileName } from "./cardWords.ts";
import { ExportPanel } from "./exportPanel.tsx";
import { pngPicture, svgPicture } from "./picture.ts";
import { CARD, ShareCard } from "./shareCard.tsx";

interface ShareDialogProps {
  readonly debrief: Debrief;
  /** Id of the match's file; null for one that was not kept. */
  readonly matchFile: string | null;
  onClose(): void;
}

/** The card of a match, to be saved as a picture, and the link to its replay. */
export function ShareDialog({ debrief, matchFile, onClose }: ShareDialogProps) {
  const card = useSignal<{ readonly svg: Blob; readonly address: string } | null>(null);
  const complaint = useSignal("");
  const address = matchFile === null ? null : `${window.location.origin}/?replay=${matchFile}`;
  useEffect(() => {
    let gone = false;
    void svgPicture(<ShareCard debrief={debrief} address={address} />).then((svg) => {
      if (!gone) card.value = { svg, address: URL.createObjectURL(svg) };
    });
    return () => {
      gone = true;
      if (card.peek() !== null) URL.revokeObjectURL(card.peek()!.address);
    };
  }, [debrief]);
  const savePng = async (svg: Blob): Promise<void> => {
    try {
      saveBlob(await pngPicture(svg, CARD), `${fileName(debrief)}.png`);
      complaint.value = "";
    } catch {
      complaint.value = "This browser can't paint the card; save it as SVG instead.";
    }
  };
  const drawn = card.value;
  const told = `Card: ${crewText(debrief.operators)}, ${Math.round(debrief.score)} of 1,000 points on ${debrief.level.title}`;
  return (
    <Dialog title="Share this match" onClose={onClose}>
      <div class="share">
        {drawn === null ? (
          <p class="share-waiting" role="status">
            <span class="waiting" /> Drawing the card…
          </p>
        ) : (
          <img src={drawn.address} width={CARD.width} height={CARD.height} alt={told} />
        )}
        <p class="complaint" role="alert">
          {complaint.value}
        </p>
        <footer>
          {address !== null && <CopyButton label="Copy the link" text={address} />}
          <button type="button" class="button" disabled={drawn === null} onClick={() => void savePng(drawn!.svg)}>
            Save as PNG
          </button>
          <button
            type="button"
            class="button"
            disabled={drawn === null}
            onClick={() => saveBlob(drawn!.svg, `${fileName(debrief)}.svg`)}
          >
            Save as SVG
          </button>
        </footer>
        {matchFile !== null && (
          <ExportPanel matchFile={matchFile} components={debrief.verdicts.map(({ component }) => component)} />
        )}
        {address === null && <p class="quiet">This match was not kept on the server, so there is no link to it.</p>}
      </div>
    </Dialog>
  );
}
