import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { covers } from "../../app/db/enums.ts";
import { insertCourse } from "../support/courses.ts";
import { useSite } from "../support/fixtures.ts";

const platform = await useSite();
const hostileTitle = 'A </script><script>alert(1)</script> & "course"';

beforeAll(async () => {
  await insertCourse(platform, { slug: "maps", title: hostileTitle, cover: "contours" });
  await insertCourse(platform, { slug: "secret-draft", status: "draft" });
  await insertCourse(platform, { slug: "old", status: "archived" });
});

const visit = (path: string) => fetch(platform.origin + path, { redirect: "manual" });
const readHead = async (path: string) => parse(await (await visit(path)).text());

test("the sitemap lists the catalog and the published courses, and is cached", async () => {
  const response = await visit("/sitemap.xml");
  expect(response.headers.get("content-type")).toBe("application/xml; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("public, max-age=60");
  const locations = [...(await response.text()).matchAll(/<loc>(.*?)<\/loc>/g)].map(
    ([, url]) => url,
  );
  expect(locations).toEqual([`${platform.origin}/`, `${platform.origin}/courses/maps`]);
  await expect.poll(() => platform.kv.get("sitemap:v1")).toContain("/courses/maps");
});

test("robots.txt names the sitemap and keeps crawlers from the API", async () => {
  const response = await visit("/robots.txt");
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const lines = (await response.text()).split("\n");
  expect(lines).toContain(`Sitemap: ${platform.origin}/sitemap.xml`);
  expect(lines).toContain("Disallow: /api/");
});

test.each(["/sign-in", "/sign-up", "/courses/maps/lessons/lesson-2"])(
  "%s is public but not indexed",
  async (path) => {
    const head = await readHead(path);
    expect(head.querySelector('meta[name="robots"]')?.getAttribute("content")).toBe("noindex");
  },
);

test.each([
  ["/", "/share/waves.png"],
  ["/courses/maps", "/share/contours.png"],
  ["/courses/maps/lessons/lesson-1", "/share/contours.png"],
])("%s has a canonical URL and the raster image %s", async (path, image) => {
  const head = await readHead(path);
  const canonical = head.querySelector('link[rel="canonical"]')?.getAttribute("href");
  expect(canonical).toBe(platform.origin + path);
  const property = head.querySelector('meta[property="og:image"]')?.getAttribute("content");
  expect(property).toBe(platform.origin + image);
});

/** Width and height follow the signature and the name of a PNG's first chunk. */
const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

test("every cover has a raster image that other sites may show", async () => {
  for (const cover of covers) {
    const response = await visit(`/share/${cover}.png`);
    expect(response.headers.get("content-type"), cover).toBe("image/png");
    expect(response.headers.get("cross-origin-resource-policy"), cover).toBe("cross-origin");
    expect(pngSize(Buffer.from(await response.arrayBuffer())), cover).toEqual([1200, 630]);
  }
});

const courseSchema = z.object({ "@type": z.string(), name: z.string(), url: z.string() });

test("a course describes itself to search engines, whatever its title", async () => {
  const head = await readHead("/courses/maps");
  const [script, ...others] = head.querySelectorAll('script[type="application/ld+json"]');
  expect(others).toEqual([]);
  expect(courseSchema.parse(JSON.parse(script?.textContent ?? ""))).toEqual({
    "@type": "Course",
    name: hostileTitle,
    url: `${platform.origin}/courses/maps`,
  });
  expect(script?.textContent).not.toContain("<");
});

const manifestSchema = z.object({ icons: z.array(z.object({ src: z.string() })) });

test("browsers find the icons and the manifest", async () => {
  const head = await readHead("/");
  const links = head.querySelectorAll(
    'link[rel="icon"], link[rel="apple-touch-icon"], link[rel="manifest"]',
  );
  const { icons } = manifestSchema.parse(await (await visit("/manifest.webmanifest")).json());
  const paths = [
    ...links.map((link) => link.getAttribute("href") ?? ""),
    ...icons.map(({ src }) => src),
  ];
  expect(paths.length).toBe(7);
  for (const path of paths) expect((await visit(path)).status, path).toBe(200);
  const ico = Buffer.from(await (await visit("/favicon.ico")).arrayBuffer());
  expect(ico.readUInt16LE(2)).toBe(1);
  expect(pngSize(ico.subarray(22))).toEqual([32, 32]);
});
