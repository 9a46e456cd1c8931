import type { BrowserContext } from "playwright-core";
import * as z from "zod";

const scriptUrl = "https://loader.protect.clerk.com/v1.js";
const frameUrl = "https://challenge.protect.clerk.com/frame";
/** On a port of its own, as Clerk serves these hosts. */
const signalUrl = "https://signals.protect.clerk.com:8443/collect";

/** What a browser requests for Clerk Protect, in this order. */
export const protectUrls = [scriptUrl, frameUrl, signalUrl];

const environmentSchema = z.looseObject({});
const loader = { type: "script", target: "body", attributes: { src: scriptUrl } };
const script = `{
  const frame = document.createElement("iframe");
  frame.src = ${JSON.stringify(frameUrl)};
  frame.onload = () => fetch(${JSON.stringify(signalUrl)}, { method: "POST" });
  document.body.append(frame);
}`;

/**
 * Turns Clerk Protect on for ClerkJS and answers for its hosts, without any network.
 * Returns the requests to them, as they arrive.
 */
export async function playClerkProtect(context: BrowserContext): Promise<readonly string[]> {
  const requested: string[] = [];
  await context.route("**/__clerk/v1/environment*", async (route) => {
    const response = await route.fetch();
    const environment = environmentSchema.parse(await response.json());
    const protect = { object: "protect_config", id: "protect_1", loaders: [loader] };
    await route.fulfill({ response, json: { ...environment, protect_config: protect } });
  });
  await context.route(/protect\.clerk\.com/, async (route) => {
    const url = route.request().url();
    requested.push(url);
    const contentType = url === scriptUrl ? "text/javascript" : "text/html";
    const headers = { "Access-Control-Allow-Origin": "*" };
    await route.fulfill({ contentType, headers, body: url === scriptUrl ? script : "" });
  });
  return requested;
}
