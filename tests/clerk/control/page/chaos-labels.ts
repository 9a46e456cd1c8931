import type { Fault } from "../../chaos/fault.ts";
import type { ChaosSettings } from "../../chaos/settings.ts";

/** The chaos settings in words. */

export const kindLabels = {
  rate_limited: "429 with Retry-After",
  internal_error: "500",
  unavailable: "503",
  cut_connection: "The connection is cut",
  slow_answer: "The answer comes too late",
} as const;

export function faultLabel(fault: Fault): string {
  const where = fault.route === "any" ? "Any request" : fault.route;
  const effect = fault.acts ? "after it acted" : "before it acts";
  return `${where}: ${kindLabels[fault.kind]}, ${effect}, for ${oddsLabel(fault)}`;
}

/** What is on, each in a few words; nothing when Clerk behaves. */
export function chaosLabels(settings: ChaosSettings): string[] {
  const { deliveries, backendApi, clockOffsetMs } = settings;
  const { faults, rateLimits } = backendApi;
  return [
    ...deliveryLabels(deliveries),
    ...(faults.length === 0 ? [] : [`Backend API fails (${faults.length} set)`]),
    ...(rateLimits === "off" ? [] : [`rate limits of a ${rateLimits} instance`]),
    ...(clockOffsetMs === 0 ? [] : [`clock ${clockOffsetMs > 0 ? "+" : ""}${clockOffsetMs} ms`]),
  ];
}

function deliveryLabels(deliveries: ChaosSettings["deliveries"]): string[] {
  const odds = [
    ["webhooks dropped", deliveries.drop],
    ["webhooks sent again", deliveries.duplicate],
    ["webhooks delayed", deliveries.delay],
    ["signatures spoiled", deliveries.badSignature],
  ] as const;
  return [
    ...odds
      .filter(([, { next, probability }]) => next > 0 || probability > 0)
      .map(([what, { next, probability }]) => `${what} (${oddsLabel({ next, probability })})`),
    ...(deliveries.reorder.size === 1 ? [] : [`webhooks shuffled by ${deliveries.reorder.size}`]),
    ...(deliveries.concurrency === 1 ? [] : [`${deliveries.concurrency} webhooks at a time`]),
  ];
}

function oddsLabel({ next, probability }: { next: number; probability: number }): string {
  const parts = [
    ...(next > 0 ? [`the next ${next}`] : []),
    ...(probability > 0 ? [`${Math.round(probability * 1000) / 10} % of them`] : []),
  ];
  return parts.length === 0 ? "none" : parts.join(", then ");
}
