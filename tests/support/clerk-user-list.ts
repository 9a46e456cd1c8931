import { once } from "node:events";
import { createServer } from "node:http";
import { freePort } from "./free-port.ts";

/** A Backend API user, possibly malformed. */
export type ListedUser = Record<string, unknown> & { id: string };

interface Options {
  /** Users that the list omits, as Clerk's list does for a moment after a change. */
  unlisted?: readonly ListedUser[];
}

/**
 * Serves the instance and the users of Clerk's Backend API, with users of any shape, including
 * malformed ones that the local Clerk rejects. Use its origin as `CLERK_API_URL`.
 */
export async function startUserListServer(
  users: readonly ListedUser[],
  { unlisted = [] }: Options = {},
) {
  const port = await freePort();
  const server = createServer(({ url = "/" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const [, id] = /^\/v1\/users\/(user_\w+)$/.exec(pathname) ?? [];
    const body = id
      ? [...users, ...unlisted].find((user) => user.id === id)
      : respond(pathname, searchParams, users);
    response.writeHead(body ? 200 : 404, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body ?? { errors: [{ code: "resource_not_found" }] }));
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

function respond(path: string, query: URLSearchParams, users: readonly ListedUser[]): unknown {
  if (path === "/v1/instance") return { object: "instance", id: "ins_of_the_user_list" };
  if (path === "/v1/users/count") return { total_count: users.length };
  const requested = new Set(query.getAll("user_id"));
  if (requested.size > 0) return users.filter(({ id }) => requested.has(id));
  const offset = Number(query.get("offset"));
  return users.slice(offset, offset + Number(query.get("limit")));
}
