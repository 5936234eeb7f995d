export function MatchScreen(_: object) { return <main>match</main>; }
