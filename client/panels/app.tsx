import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { SharedInk } from "../marks/sharedInk.tsx";
import { seatOfThisTab, wasRefreshed, type Doors } from "./doors.ts";
import { Between } from "./between.tsx";
import { Home } from "./home/home.tsx";
import { visit } from "./replay/address.ts";
import { Away } from "./replay/away.tsx";
import { Room } from "./room.tsx";
import { levelsScreen, prefetchScreens } from "./screens.ts";

/** The whole page: the ways in, or the room that it sits in, or a match that is looked at again over either. */
export function App({ doors }: { readonly doors: Doors }) {
  useEffect(() => {
    const ticket = seatOfThisTab();
    if (ticket !== null) doors.takeUp(ticket, wasRefreshed());
    prefetchScreens();
  }, []);
  const session = doors.session.value;
  return (
    <>
      <SharedInk />
      {visit.value !== null ? (
        <Away visit={visit.value} session={session} />
      ) : session === null ? (
        <Outside doors={doors} />
      ) : (
        <Room session={session} doors={doors} />
      )}
    </>
  );
}

function Outside({ doors }: { doors: Doors }) {
  const page = useSignal<"home" | "levels">("home");
  const ticket = seatOfThisTab();
  if (ticket !== null && (doors.busy.value || doors.refused.value === null)) {
    const sentence = doors.refused.value?.sentence ?? `Back to your seat in ${ticket.code}…`;
    return <Between sentence={sentence} waiting />;
  }
  const goTo = (next: "home" | "levels"): void => {
    doors.forgive();
    page.value = next;
  };
  if (page.value === "home") return <Home doors={doors} invited={invitation()} onLevels={() => goTo("levels")} />;
  return (
    <levelsScreen.Screen
      chosen={null}
      busy={doors.busy.value}
      complaint={doors.refused.value?.sentence ?? null}
      onPlay={(level) => doors.playAlone(level)}
      onHost={(level) => doors.host(doors.name(), level)}
      onBack={() => goTo("home")}
    />
  );
}

/** The code in the address, or null. */
function invitation(): string | null {
  return new URLSearchParams(window.location.search).get("join");
}
