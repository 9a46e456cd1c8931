import type { Fault } from "../chaos/fault.ts";
import type { ChaosSettings } from "../chaos/settings.ts";
import type { LocalService } from "../service.ts";

export const kindLabels = {
  rate_limited: "429 with Retry-After",
  internal_error: "500 Internal Server Error",
  unavailable: "503 Service Unavailable",
  cut_connection: "Connection closed",
  slow_answer: "Slow response",
} as const;

export function faultLabel(fault: Fault): string {
  const route = fault.route === "any" ? "Any request" : fault.route;
  const timing = fault.acts ? "after it takes effect" : "before it takes effect";
  return `${route}: ${kindLabels[fault.kind]}, ${timing}, for ${oddsLabel(fault)}`;
}

/** A short label for each active chaos setting. */
export function chaosLabels({ chaos, texts }: LocalService): string[] {
  const { deliveries, api, clockOffsetMs } = chaos.settings();
  const { faults, rateLimits } = api;
  return [
    ...deliveryLabels(deliveries),
    ...(faults.length === 0 ? [] : [`${texts.api} faults: ${faults.length}`]),
    ...(rateLimits === "off" ? [] : [`${rateLimits} rate limits`]),
    ...(clockOffsetMs === 0 ? [] : [`clock ${clockOffsetMs > 0 ? "+" : ""}${clockOffsetMs} ms`]),
  ];
}

function deliveryLabels(deliveries: ChaosSettings["deliveries"]): string[] {
  const odds = [
    ["webhooks dropped", deliveries.drop],
    ["webhooks duplicated", deliveries.duplicate],
    ["webhooks delayed", deliveries.delay],
    ["invalid signatures", deliveries.badSignature],
  ] as const;
  return [
    ...odds
      .filter(([, { next, probability }]) => next > 0 || probability > 0)
      .map(([label, { next, probability }]) => `${label} (${oddsLabel({ next, probability })})`),
    ...(deliveries.reorder.size === 1
      ? []
      : [`webhooks shuffled in groups of ${deliveries.reorder.size}`]),
    ...(deliveries.concurrency === 1 ? [] : [`${deliveries.concurrency} webhooks in parallel`]),
  ];
}

function oddsLabel({ next, probability }: { next: number; probability: number }): string {
  const parts = [
    ...(next > 0 ? [`the next ${next}`] : []),
    ...(probability > 0 ? [`${Math.round(probability * 1000) / 10}%`] : []),
  ];
  return parts.length === 0 ? "none" : parts.join(", then ");
}
