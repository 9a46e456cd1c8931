import { once } from "node:events";
import { createServer } from "node:http";
import { freePort } from "./free-port.ts";

/** A user in the Backend API's form, or something that is none. */
export type ListedUser = Record<string, unknown> & { id: string };

/**
 * The user list of Clerk's Backend API over users of any shape, such as the local Clerk would never let anybody have.
 * `CLERK_API_URL` is its origin.
 */
export async function startUserListServer(users: readonly ListedUser[]) {
  const port = await freePort();
  const server = createServer(({ url = "/" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(answerTo(pathname, searchParams, users)));
  });
  server.listen(port, "localhost");
  await once(server, "listening");
  return {
    origin: `http://localhost:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function answerTo(path: string, query: URLSearchParams, users: readonly ListedUser[]): unknown {
  if (path === "/v1/users/count") return { total_count: users.length };
  const requested = new Set(query.getAll("user_id"));
  if (requested.size > 0) return users.filter(({ id }) => requested.has(id));
  const offset = Number(query.get("offset"));
  return users.slice(offset, offset + Number(query.get("limit")));
}
