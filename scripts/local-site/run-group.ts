import { createProcessGroup, type ProcessGroup } from "./process-group.ts";

/** Runs a command until it ends, fails or is interrupted; always stops everything on exit. */
export async function runGroup(run: (group: ProcessGroup) => Promise<void>): Promise<void> {
  const group = createProcessGroup();
  try {
    await Promise.race([run(group), group.ended]);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    await group.stop();
  }
  // Pending work must not keep the process alive after the group has stopped.
  process.exit();
}
