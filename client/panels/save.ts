/** Hands a file to the person, under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; freed at once, some browsers save nothing.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
