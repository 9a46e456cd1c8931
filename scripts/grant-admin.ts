import { parseArgs } from "node:util";
import { type GrantedPerson, grantAdmin } from "./database/grant-admin.ts";

const usage = `npm run admin:grant -- <email> [options]

  --remote           the deployed D1, not the one on this machine
  --state <folder>   where the local D1 is kept (.wrangler/state)`;

/**
 * `npm run admin:grant`: the first admin, who cannot be made by another one. Whoever operates the database may do this; it is
 * written to the audit as granted from a terminal.
 * @throws when nobody, or more than one person, has the e-mail address, or D1 does not answer.
 */
async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      state: { type: "string", default: ".wrangler/state" },
    },
  });
  if (values.help) return usage;
  const [email, ...rest] = positionals;
  if (!email?.includes("@") || rest.length > 0) {
    throw new Error(`One e-mail address is needed.\n\n${usage}`);
  }
  return outcomeMessage(email, await grantAdmin(values, email));
}

function outcomeMessage(email: string, people: readonly GrantedPerson[]): string {
  const [person, ...others] = people;
  if (!person) {
    throw new Error(`Nobody has the e-mail address ${email}: they sign up first, then this.`);
  }
  if (others.length > 0) {
    const list = people.map(({ id, name, role }) => `  ${id}  ${role.padEnd(5)}  ${name}`);
    throw new Error(
      `${people.length} people have the e-mail address ${email}; nobody was changed:\n${list.join("\n")}`,
    );
  }
  if (!person.granted) return `${person.name} is an admin already.`;
  return `${person.name} is an admin from their next request on. Clerk learns of it within two minutes.`;
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
