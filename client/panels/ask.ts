import { useSignal } from "@preact/signals";
import type { RequestName } from "../../shared/wire/room.ts";
import type { Asked, Session } from "../session/session.ts";

/** Asks the room for something; answers whether it was done. */
export type Ask = <Name extends RequestName>(name: Name, payload: Asked[Name]) => Promise<boolean>;

/** A way to ask that keeps the last refusal as one sentence, to be shown beside the control that asked. */
export function useAsk(session: Session): { readonly request: Ask; readonly complaint: string } {
  const complaint = useSignal("");
  const request: Ask = async (name, payload) => {
    const answer = await session.request(name, payload);
    complaint.value = answer.ok ? "" : answer.sentence;
    return answer.ok;
  };
  return { request, complaint: complaint.value };
}
