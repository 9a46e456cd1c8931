import type { ChildProcess } from "node:child_process";

/** What a program has said so far. */
export interface Output {
  text(): string;
  /** The message of the worker's log line about a failed request, which may come after the answer did. */
  failure(): Promise<string>;
}

const maxLength = 8_000;
const timeoutMs = 5_000;
const failureLine = /^.*"event":"request\.failed".*"message":"((?:[^"\\]|\\.)*)".*$/m;

export function listen(child: ChildProcess): Output {
  let text = "";
  const append = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-maxLength);
  };
  child.stdout?.on("data", append);
  child.stderr?.on("data", append);
  return {
    text: () => text.trim(),
    failure: () =>
      new Promise((resolve) => {
        const check = () => {
          const message = failureLine.exec(text)?.[1];
          if (message !== undefined) resolve(message.replaceAll('\\"', '"'));
        };
        setTimeout(() => resolve(text.trim()), timeoutMs).unref();
        child.stdout?.on("data", check);
        check();
      }),
  };
}
