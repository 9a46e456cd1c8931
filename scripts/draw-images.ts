import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { covers } from "../app/db/enums.ts";
import { launchBrowser } from "../tests/support/browser.ts";

/**
 * `npm run images`: draws the raster images in `public/` from the SVG drawings. Run it after a
 * change of a drawing, and commit the results.
 */
const shareImageSize = { width: 1200, height: 630 };
const coverFolder = "app/features/courses/components/covers";

/** The drawing fills the image; what does not fit is cut off evenly. */
async function draw(page: Page, path: string, size: { width: number; height: number }) {
  const svg = await readFile(path, "base64");
  await page.setViewportSize(size);
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: 100vw; height: 100vh; object-fit: cover }</style>
    <img src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  return page.screenshot({ omitBackground: true });
}

const square = (side: number) => ({ width: side, height: side });

/** An ICO file with one PNG (https://learn.microsoft.com/windows/win32/menurc/resources). */
function icoFile(png: Buffer, side: number): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // An icon,
  header.writeUInt16LE(1, 4); // with one image.
  header.writeUInt8(side, 6);
  header.writeUInt8(side, 7);
  header.writeUInt16LE(1, 10); // Color planes.
  header.writeUInt16LE(32, 12); // Bits per pixel.
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await mkdir("public/share", { recursive: true });
  for (const cover of covers) {
    const png = await draw(page, `${coverFolder}/${cover}.svg`, shareImageSize);
    await writeFile(`public/share/${cover}.png`, png);
  }
  const icon = (side: number) => draw(page, "public/favicon.svg", square(side));
  await writeFile("public/favicon.ico", icoFile(await icon(32), 32));
  await writeFile("public/apple-touch-icon.png", await icon(180));
  for (const side of [192, 512]) await writeFile(`public/icon-${side}.png`, await icon(side));
} finally {
  await browser.close();
}
