import { execFile } from "node:child_process";
import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { userGroup, userKeys } from "../../db/list-keys.ts";
import { roleSchema } from "../users/user.ts";

/** Where the database is. */
export interface DatabasePlace {
  /** The deployed one instead of the one on this machine. */
  remote: boolean;
  /** Folder that keeps the local D1. */
  state: string;
}

/** Wrangler asks nothing of the network on its own and tells nobody anything. */
const quietWrangler = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** Whether it was this command that made them admin. */
  granted: z.int().transform(Boolean),
});
export type GrantedPerson = z.infer<typeof personSchema>;

const answerSchema = z.array(z.object({ results: z.array(z.unknown()) }));

/**
 * Makes the one live person with that e-mail address an admin, with a line in the audit and a push to Clerk pending. Where
 * there is nobody, or more than one, or they are one already, nothing is changed. Returns the live people with that address.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function grantAdmin(place: DatabasePlace, email: string): Promise<GrantedPerson[]> {
  const text = await wrangler([...argumentsFor(place), "--command", grantSql(email, uuidv7())]);
  const rows = answerSchema.parse(JSON.parse(text)).at(-1)?.results ?? [];
  return z.array(personSchema).parse(rows);
}

function grantSql(email: string, changeId: string): string {
  const address = `lower(${quoted(email)})`;
  const people = `(select id, name, role from users where ${userGroup} in (0, 1, 2, 3)
    and ${userKeys.email} > ${address} || char(1) and ${userKeys.email} < ${address} || char(2))`;
  const granted = `exists (select 1 from role_changes where id = '${changeId}' and user_id =`;
  const now = Date.now();
  return [
    `insert into role_changes (id, changed_by, user_id, from_role, to_role, reason, created_at)
      select '${changeId}', null, id, role, 'admin', 'granted from a terminal', ${now} from ${people}
      where role = 'user' and (select count(*) from ${people}) = 1`,
    `update users set role = 'admin', metadata_pending = 1, metadata_retry_at = null, updated_at = ${now}
      where id = (select user_id from role_changes where id = '${changeId}')`,
    `select id, name, role, ${granted} people.id) as granted from ${people} people`,
  ].join("; ");
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function argumentsFor({ remote, state }: DatabasePlace): string[] {
  const place = remote ? ["--remote", "--yes"] : ["--local", "--persist-to", state];
  return ["d1", "execute", "DB", ...place, "--json"];
}

function wrangler(args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...quietWrangler };
  return new Promise((resolve, reject) => {
    execFile("wrangler", args, { env }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = `${stdout}\n${stderr}`.trim() || error.message;
      reject(new Error(`D1 did not answer (npx wrangler d1 execute):\n${said}`));
    });
  });
}
