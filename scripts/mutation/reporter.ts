import type { Reporter, TestModule } from "vitest/node";

/** Prints a line of JSON when a file starts and when it ends. */
export const reporter: Reporter = {
  onTestModuleQueued: ({ relativeModuleId: file }) => print({ type: "start", file }),
  onTestModuleEnd: (module) => print(resultOf(module)),
};

function resultOf(module: TestModule) {
  const { setupDuration, collectDuration, duration } = module.diagnostic();
  const tests = [...module.children.allTests()];
  const failed = tests.find((test) => test.result().state === "failed");
  const failure = failed?.result().errors?.[0] ?? module.errors()[0];
  return {
    type: "end",
    file: module.relativeModuleId,
    isFailed: module.state() === "failed",
    seconds: (setupDuration + collectDuration + duration) / 1000,
    slowestTestSeconds:
      Math.max(0, ...tests.map((test) => test.diagnostic()?.duration ?? 0)) / 1000,
    failure: `${failed?.fullName ?? ""}: ${failure?.message.split("\n", 1)[0] ?? ""}`,
  };
}

const print = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
