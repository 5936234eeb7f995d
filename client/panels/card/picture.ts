import { render, type VNode } from "preact";
import card from "../../styles/card.css?inline";
import marks from "../../styles/marks.css?inline";
import plane from "../../styles/plane.css?inline";
import tokens from "../../styles/tokens.css?inline";

/** Pixels of a saved picture per unit of the drawing. */
const SHARPNESS = 2;
/** The faces that the card is lettered in. */
const LETTERED_IN = /Fraunces Variable|Atkinson Hyperlegible (?:Next|Mono) Variable/;

/** A drawing as a picture of its own: styles and faces are inside, so that it looks the same wherever it is opened. */
export async function svgPicture(drawing: VNode): Promise<Blob> {
  const stage = document.createElement("div");
  render(drawing, stage);
  const svg = stage.querySelector("svg")!;
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = [await faces(), tokens, marks, plane, card].join("\n");
  svg.prepend(style);
  const text = new XMLSerializer().serializeToString(svg);
  render(null, stage);
  return new Blob([text], { type: "image/svg+xml" });
}

/** A picture in pixels, for places that show no drawings. Throws when this browser can't paint it. */
export async function pngPicture(svg: Blob, size: { readonly width: number; readonly height: number }): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = size.width * SHARPNESS;
    canvas.height = size.height * SHARPNESS;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The upright faces of the page with their letters inside; one that can't be fetched is left to its fallback. */
async function faces(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const ours = rules.filter(
    (rule): rule is CSSFontFaceRule =>
      rule instanceof CSSFontFaceRule && LETTERED_IN.test(rule.cssText) && !/italic/.test(rule.cssText),
  );
  return (await Promise.all(ours.map(inlined))).join("\n");
}

async function inlined(face: CSSFontFaceRule): Promise<string> {
  const source = /url\("?([^")]+)"?\)/.exec(face.cssText);
  if (source === null) return "";
  const address = new URL(source[1]!, face.parentStyleSheet?.href ?? document.baseURI);
  try {
    const letters = await (await fetch(address)).blob();
    return face.cssText.replace(source[0], `url("${await dataAddress(letters)}")`);
  } catch {
    return "";
  }
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(reader.error!));
    reader.readAsDataURL(blob);
  });
}
