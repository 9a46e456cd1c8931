import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

export const loader = ({ context: { person } }: LoaderFunctionArgs) =>
  person ? Response.json(person) : new Response(null, { status: 401 });
