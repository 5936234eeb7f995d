import { Chromium } from "./chromium.ts";
import { frameTime } from "./measure/frameTime.ts";
import { loading } from "./measure/loading.ts";

/** What `npm run bench` measures in a real browser: prints it as JSON. Takes the address of a running server. */
const [address] = process.argv.slice(2);
if (address === undefined) throw new Error("measure: which address?");
const browser = await Chromium.launch();
try {
  const measured = { ...(await loading(browser, address)), frame: await frameTime(browser) };
  process.stdout.write(JSON.stringify(measured));
} finally {
  await browser.close();
}
