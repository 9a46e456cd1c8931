import { parseArgs } from "node:util";
import { type GrantedPerson, grantAdmin } from "./database/grant-admin.ts";
import { runCommand } from "./run-command.ts";

const usage = `npm run admin:grant -- <email> [options]

  --remote           the deployed D1, instead of the local one
  --state <folder>   folder of the local D1 (.wrangler/state)`;

/**
 * `npm run admin:grant`: creates the first admin and records it in the audit log.
 * @throws if the email address matches no user, several users or a banned one, or if D1 does not
 * answer.
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
    throw new Error(`Expected one email address.\n\n${usage}`);
  }
  return outcomeMessage(email, await grantAdmin(values, email));
}

function outcomeMessage(email: string, people: readonly GrantedPerson[]): string {
  const [person, ...duplicates] = people;
  if (!person) {
    throw new Error(`No user has the email address ${email}. They have to sign up first.`);
  }
  if (duplicates.length > 0) {
    const list = people.map(({ id, name, role }) => `  ${id}  ${role.padEnd(5)}  ${name}`);
    throw new Error(
      `${people.length} users have the email address ${email}; nothing was changed:\n${list.join("\n")}`,
    );
  }
  if (person.banned) {
    throw new Error(`${person.name} is banned. Unban them in Clerk first.`);
  }
  if (!person.granted) return `${person.name} is already an admin.`;
  return `${person.name} is now an admin. Clerk will be updated within two minutes.`;
}

await runCommand(main);
