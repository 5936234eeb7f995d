/** "03:41": minutes and seconds of the match. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "0:23": how long something lasts or lasted. */
export function spanText(ms: number): string {
  return clockText(Math.max(0, ms)).replace(/^0(?=\d:)/, "");
}

/** "$7.40". */
export function moneyText(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

/** A share as percent, with as many digits as its nines need: "98.5%", "99.97%", "99.995%". */
export function percentText(share: number): string {
  const loss = 1 - share;
  if (loss <= 0) return "100%";
  const digits = loss >= 0.005 ? 1 : loss >= 0.0001 ? 2 : 3;
  const scale = 10 ** (digits + 2);
  return `${((Math.floor(share * scale + 1e-6) / scale) * 100).toFixed(digits)}%`;
}

/** −log10 of the loss: 0.99 has two nines. Capped at 6. */
export function ninesOf(share: number): number {
  const loss = 1 - share;
  return loss <= 1e-6 ? 6 : Math.max(0, -Math.log10(loss));
}

/** "2.1 nines", rounded, or that nothing was lost. */
export function ninesText(share: number): string {
  return share >= 1 ? "no loss yet" : `${ninesOf(share).toFixed(1)} nines`;
}

/** "37,200": thousands set off by commas on every machine alike. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** "104/s", "6.0/s". */
export function rateText(perSecond: number): string {
  return `${perSecond >= 20 ? countText(perSecond) : perSecond.toFixed(1)}/s`;
}

/** "5", "48", "0.8": a latency in ms without its unit. */
export function msText(ms: number): string {
  return ms > 0 && ms < 10 && ms !== Math.round(ms) ? ms.toFixed(1) : countText(ms);
}

/** "1 replica", "3 replicas". */
export function counted(count: number, word: string): string {
  return `${countText(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** Whole guarantees in words: "readYourWrites" is "read your writes". */
export function spoken(name: string): string {
  return name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** "01:24", or "01:24.35" where it is not a whole second. */
export function preciseClock(ms: number): string {
  const hundredths = Math.round((ms % 1_000) / 10);
  return hundredths === 0 ? clockText(ms) : `${clockText(ms)}.${String(hundredths).padStart(2, "0")}`;
}

/** The milliseconds that a clock says, such as "1:24", "01:24.35" or "84.35"; null when it says none. */
export function clockMs(text: string): number | null {
  const read = /^\s*(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)\s*$/.exec(text);
  if (read === null) return null;
  return Math.round((Number(read[1] ?? 0) * 60 + Number(read[2]!.replace(",", "."))) * 1_000);
}
