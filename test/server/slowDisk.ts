import type { Storage } from "../../server/storage/storage.ts";

/** A real storage behind a disk that can be held up, or fail. */
export interface SlowDisk {
  readonly storage: Storage;
  /** From now on intents wait; resolves when the first one does. */
  hold(): Promise<void>;
  release(): void;
  fail(): void;
}

export function slowDisk(real: Storage): SlowDisk {
  let open = Promise.resolve();
  let release = (): void => {};
  let reached = (): void => {};
  let failing = false;
  const appendIntent: Storage["appendIntent"] = async (...intent) => {
    reached();
    await open;
    if (failing) throw new Error("disk full");
    await real.appendIntent(...intent);
  };
  const storage = new Proxy(real, {
    get(target, name) {
      if (name === "appendIntent") return appendIntent;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  return {
    storage,
    hold() {
      open = new Promise((resolve) => (release = resolve));
      return new Promise((resolve) => (reached = resolve));
    },
    release: () => release(),
    fail: () => void (failing = true),
  };
}
