import type { ChildProcess } from "node:child_process";

/** What a program has said so far. */
export interface Output {
  text(): string;
  /** The message of the worker's log line about a failed request, which may come after the answer did. */
  failure(): Promise<string>;
}

const kept = 8_000;
const patienceMs = 5_000;
const failureLine = /^.*"event":"request\.failed".*"message":"((?:[^"\\]|\\.)*)".*$/m;

export function listen(child: ChildProcess): Output {
  let text = "";
  const hear = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-kept);
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  return {
    text: () => text.trim(),
    failure: () =>
      new Promise((resolve) => {
        const look = () => {
          const message = failureLine.exec(text)?.[1];
          if (message !== undefined) resolve(message.replaceAll('\\"', '"'));
        };
        setTimeout(() => resolve(text.trim()), patienceMs).unref();
        child.stdout?.on("data", look);
        look();
      }),
  };
}
