import { render } from "preact";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/marks.css";
import "./styles/home.css";
import { App } from "./panels/app.tsx";
import { openDoors } from "./panels/doors.ts";
import { wearTheme } from "./panels/theme.ts";

wearTheme();
const doors = openDoors(async () => (await import("./session/remote.ts")).enter);
render(<App doors={doors} />, document.getElementById("app")!);
