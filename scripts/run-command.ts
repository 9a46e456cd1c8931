/** Prints what the command returns or, with exit code 1, the message of what it throws. */
export async function runCommand(main: (args: readonly string[]) => Promise<string>) {
  try {
    console.log(await main(process.argv.slice(2)));
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
