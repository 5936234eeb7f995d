import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MatchExportName } from "../../../shared/match/exports.ts";
import { isUnreadable } from "../../session/directory.ts";
import { fetchRecording } from "../../session/recordings.ts";
import { openRerun, type Rerun } from "../../session/rerun.ts";
import { saveBlob } from "../save.ts";
import { exportWords } from "./exportWords.ts";

interface ExportPanelProps {
  /** Id of the match's file. */
  readonly matchFile: string;
  /** Names of the components that clients asked. */
  readonly components: readonly string[];
}

const ALL = "";

/** The match as files for other programs. It is played again for them, in a worker, when the first is asked for. */
export function ExportPanel({ matchFile, components }: ExportPanelProps) {
  const format = useSignal<MatchExportName>("jepsen-edn");
  const component = useSignal(ALL);
  const working = useSignal<number | null>(null);
  const complaint = useSignal("");
  const rerun = useRef<Rerun | null>(null);
  useEffect(() => () => rerun.current?.close(), []);
  const { about, one } = exportWords[format.value];
  const chosen = one && component.value === ALL ? (components[0] ?? ALL) : component.value;
  const save = async (): Promise<void> => {
    working.value = 0;
    complaint.value = await written();
    working.value = null;
  };
  /** Saves the file; what went wrong, or nothing. */
  const written = async (): Promise<string> => {
    const recording = rerun.current?.recording ?? (await fetchRecording(matchFile));
    if (isUnreadable(recording)) return recording.sentence;
    rerun.current ??= openRerun(recording, { film: false });
    const file = await rerun.current.write(
      format.value,
      chosen === ALL ? null : chosen,
      (share) => (working.value = share),
    );
    if (isUnreadable(file)) return file.sentence;
    saveBlob(file.blob, file.name);
    return "";
  };
  return (
    <section class="export" aria-labelledby="export-title">
      <h3 id="export-title">For other programs</h3>
      <div class="export-choices">
        <label>
          <span class="quiet">File</span>
          <select
            class="field"
            value={format.value}
            onChange={(event) => (format.value = event.currentTarget.value as MatchExportName)}
          >
            {Object.entries(exportWords).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="quiet">Component</span>
          <select class="field" value={chosen} onChange={(event) => (component.value = event.currentTarget.value)}>
            {!one && <option value={ALL}>all</option>}
            {components.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" disabled={working.value !== null} onClick={() => void save()}>
          {working.value === null ? "Save" : `Playing it again, ${Math.round(working.value * 100)}%`}
        </button>
      </div>
      <p class="quiet">
        {about} The{" "}
        <a href={`/api/matches/${matchFile}`} download>
          match file
        </a>{" "}
        itself plays the match again anywhere.
      </p>
      <p class="complaint" role="alert">
        {complaint.value}
      </p>
    </section>
  );
}
