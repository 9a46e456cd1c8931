/** Backend API routes under `/v1`, by fault name; `*` matches one id. The first match wins. */
const backendRoutes = {
  jwks: "GET /jwks",
  instance: "GET /instance",
  "clients.handshake_payload": "GET /clients/handshake_payload",
  "testing_tokens.create": "POST /testing_tokens",
  "users.list": "GET /users",
  "users.count": "GET /users/count",
  "users.create": "POST /users",
  "users.get": "GET /users/*",
  "users.update": "PATCH /users/*",
  "users.delete": "DELETE /users/*",
  "users.metadata": "PATCH /users/*/metadata",
  "users.verify_password": "POST /users/*/verify_password",
  "users.ban": "POST /users/*/ban",
  "users.unban": "POST /users/*/unban",
  "users.ban_many": "POST /users/ban",
  "users.unban_many": "POST /users/unban",
  "users.lock": "POST /users/*/lock",
  "users.unlock": "POST /users/*/unlock",
  "email_addresses.create": "POST /email_addresses",
  "email_addresses.get": "GET /email_addresses/*",
  "email_addresses.update": "PATCH /email_addresses/*",
  "email_addresses.delete": "DELETE /email_addresses/*",
  "sessions.list": "GET /sessions",
  "sessions.get": "GET /sessions/*",
  "sessions.revoke": "POST /sessions/*/revoke",
  "sessions.tokens": "POST /sessions/*/tokens",
  "sessions.create": "POST /sessions",
  "clients.get": "GET /clients/*",
  "users.replace_metadata": "PUT /users/*/metadata",
  "users.set_profile_image": "POST /users/*/profile_image",
  "users.delete_profile_image": "DELETE /users/*/profile_image",
  "phone_numbers.create": "POST /phone_numbers",
  "phone_numbers.get": "GET /phone_numbers/*",
  "phone_numbers.update": "PATCH /phone_numbers/*",
  "phone_numbers.delete": "DELETE /phone_numbers/*",
  "invitations.list": "GET /invitations",
  "invitations.create": "POST /invitations",
  "invitations.create_many": "POST /invitations/bulk",
  "invitations.revoke": "POST /invitations/*/revoke",
  "actor_tokens.create": "POST /actor_tokens",
  "actor_tokens.revoke": "POST /actor_tokens/*/revoke",
  "sign_in_tokens.create": "POST /sign_in_tokens",
  "sign_in_tokens.revoke": "POST /sign_in_tokens/*/revoke",
} as const;

export type BackendRoute = keyof typeof backendRoutes;

export const backendRouteNames = keysOf(backendRoutes);

/** The name of the matching route, or undefined. `path` is relative to `/v1`. */
export function backendRoute(method: string, path: string): BackendRoute | undefined {
  const request = `${method} ${path}`;
  return backendRouteNames.find((name) => patterns.get(name)?.test(request));
}

const patterns = new Map(
  backendRouteNames.map((name) => {
    const source = backendRoutes[name].replaceAll("*", "[^/]+");
    return [name, new RegExp(`^${source}$`)];
  }),
);

function keysOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const keys: Key[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
