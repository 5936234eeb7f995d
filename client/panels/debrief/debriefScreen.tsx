export function DebriefScreen(_: object) { return <main>debrief</main>; }
