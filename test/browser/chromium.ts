import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { chromiumBinary } from "./chromiumBinary.ts";

/** Whose eyes a page is looked at with. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Fingers instead of a mouse. */
  readonly touch?: boolean;
  readonly reducedMotion?: boolean;
  readonly colorScheme?: "light" | "dark";
}

export const DESKTOP: Screen = { width: 1440, height: 900 };
export const PHONE: Screen = { width: 390, height: 844, touch: true };
export const PROJECTOR: Screen = { width: 1920, height: 1080 };

/** A page in a browser profile of its own (another person at another machine), and what went wrong in it so far. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the console and uncaught exceptions. */
  readonly errors: string[];
  /** Addresses asked for outside the own origin, whatever became of them. */
  readonly strays: string[];
  close(): Promise<void>;
}

const ARGUMENTS = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  // Without a graphics card, pages are painted twenty times faster by the CPU's own painter; WebGL is not affected.
  "--disable-gpu-rasterization",
  "--font-render-hinting=none",
  // Nothing but this machine has a name, so that a page that needs the internet fails here and not in a classroom.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** One real Chromium for many visitors. Start it once per test file: a start takes a few tenths of a second. */
export class Chromium {
  readonly #browser: Browser;
  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<Chromium> {
    const { path, env } = await chromiumBinary();
    const environment = { ...(process.env as Record<string, string>), ...env };
    return new Chromium(await chromium.launch({ executablePath: path, env: environment, args: ARGUMENTS }));
  }

  /** Opens an address as somebody who was never here before; `origin` of the address is the only one not a stray. */
  async visit(address: string, screen: Screen = DESKTOP): Promise<Visitor> {
    const context = await this.#browser.newContext({
      viewport: { width: screen.width, height: screen.height },
      hasTouch: screen.touch ?? false,
      isMobile: screen.touch ?? false,
      locale: "en-US",
      deviceScaleFactor: screen.touch ? 2 : 1,
      reducedMotion: screen.reducedMotion ? "reduce" : "no-preference",
      colorScheme: screen.colorScheme ?? "dark",
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const { errors, strays } = watch(context, page, new URL(address).host);
    await page.goto(address);
    return { page, context, errors, strays, close: () => context.close() };
  }

  /** Closes every page of every visitor. */
  async everybodyOut(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

function watch(context: BrowserContext, page: Page, host: string): Pick<Visitor, "errors" | "strays"> {
  const errors: string[] = [];
  const strays: string[] = [];
  const judge = (address: string): void => {
    const url = new URL(address);
    if (url.protocol !== "data:" && url.protocol !== "blob:" && url.host !== host) strays.push(address);
  };
  context.on("request", (request) => judge(request.url()));
  page.on("websocket", (socket) => judge(socket.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return { errors, strays };
}
